-- One airline cancels long flights before and after the half, another one cancels everything.
INSERT INTO flights (time_hour, carrier, flight, origin, dep_time, distance) VALUES
    ('2013-02-08 13:00', 'UA', 15, 'EWR', NULL, 4963),
    ('2013-02-09 13:00', 'UA', 1281, 'LGA', 823, 1416),
    ('2013-02-10 13:00', 'UA', 1635, 'EWR', 755, 1400),
    ('2013-02-11 13:00', 'UA', 642, 'LGA', 801, 733),
    ('2013-02-12 13:00', 'UA', 1281, 'LGA', NULL, 1416),
    ('2013-02-13 13:00', 'UA', 642, 'LGA', 811, 733),
    ('2013-02-08 20:00', 'OO', 8500, 'LGA', NULL, 419),
    ('2013-02-09 20:00', 'OO', 8500, 'LGA', NULL, 419);
