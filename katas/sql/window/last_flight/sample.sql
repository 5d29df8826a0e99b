INSERT INTO flights (time_hour, carrier, flight, tailnum, origin, dest) VALUES
    ('2013-12-30 14:00', 'US', 1765, 'N102UW', 'LGA', 'CLT'),
    ('2013-12-30 20:00', 'US', 1767, 'N102UW', 'LGA', 'CLT'),
    ('2013-12-31 11:00', 'US', 1283, 'N102UW', 'JFK', 'PHX'),
    ('2013-12-29 23:00', 'B6', 1023, 'N537JB', 'JFK', 'LAX'),
    ('2013-12-30 13:00', 'B6', 583, 'N537JB', 'JFK', 'MCO'),
    ('2013-06-03 16:00', 'HA', 51, 'N380HA', 'JFK', 'HNL');
