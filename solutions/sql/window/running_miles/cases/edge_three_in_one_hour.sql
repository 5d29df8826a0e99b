-- The half is reached within an hour in which an airline has three flights, two of them with the same number.
INSERT INTO flights (time_hour, carrier, flight, origin, dep_time, distance) VALUES
    ('2013-07-01 10:00', 'DL', 2042, 'EWR', 605, 746),
    ('2013-07-04 22:00', 'DL', 884, 'LGA', 1758, 1020),
    ('2013-07-04 22:00', 'DL', 245, 'LGA', 1815, 760),
    ('2013-07-04 22:00', 'DL', 245, 'JFK', 1801, 760),
    ('2013-07-09 12:00', 'DL', 1109, 'LGA', 759, 502),
    ('2013-07-04 22:00', 'FL', 349, 'LGA', 1822, 762),
    ('2013-07-04 22:00', 'FL', 347, 'LGA', 1805, 762);
