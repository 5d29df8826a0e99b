-- In a snow storm no flight departed from LGA, and one of three from JFK did.
INSERT INTO flights (year, month, day, carrier, flight, origin, dep_time, arr_time, arr_delay) VALUES
    (2013, 2, 9, 'DL', 461, 'LGA', NULL, NULL, NULL),
    (2013, 2, 9, 'AA', 791, 'LGA', NULL, NULL, NULL),
    (2013, 2, 9, 'B6', 725, 'JFK', NULL, NULL, NULL),
    (2013, 2, 9, 'B6', 703, 'JFK', NULL, NULL, NULL),
    (2013, 2, 9, 'DL', 30, 'JFK', 1855, 2142, 62);
