INSERT INTO flights (year, month, day, carrier, flight, origin, dep_time, arr_time, arr_delay) VALUES
    (2013, 1, 1, 'UA', 1545, 'EWR', 517, 830, 11),
    (2013, 1, 1, 'UA', 1696, 'EWR', 554, 740, 12),
    (2013, 1, 1, 'B6', 507, 'EWR', 555, 913, 19),
    (2013, 1, 1, 'EV', 4308, 'EWR', NULL, NULL, NULL),
    (2013, 1, 1, 'AA', 1141, 'JFK', 542, 923, 33),
    (2013, 1, 1, 'B6', 725, 'JFK', 544, 1004, -18),
    (2013, 1, 1, 'B6', 79, 'JFK', 557, 838, -8),
    (2013, 1, 1, 'UA', 194, 'JFK', 558, 924, 7),
    (2013, 1, 1, 'B6', 125, 'JFK', NULL, NULL, NULL),
    (2013, 1, 1, 'DL', 461, 'LGA', 554, 812, -25),
    (2013, 1, 1, 'AA', 791, 'LGA', NULL, NULL, NULL);
