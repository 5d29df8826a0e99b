-- Two flights departed and have no arrival delay: one never got a recorded arrival, one landed hours later.
INSERT INTO flights (year, month, day, carrier, flight, origin, dep_time, arr_time, arr_delay) VALUES
    (2013, 6, 1, 'MQ', 4525, 'LGA', 905, NULL, NULL),
    (2013, 6, 1, 'UA', 1228, 'LGA', 1525, 1934, NULL),
    (2013, 6, 1, 'DL', 461, 'LGA', 554, 812, -25),
    (2013, 6, 1, 'AA', 791, 'LGA', NULL, NULL, NULL),
    (2013, 6, 1, 'B6', 725, 'JFK', 2400, 418, 0),
    (2013, 6, 1, 'B6', 703, 'JFK', NULL, NULL, NULL);
