-- Every flight of EWR departed; one of them, at one minute past midnight, arrived exactly on time.
INSERT INTO flights (year, month, day, carrier, flight, origin, dep_time, arr_time, arr_delay) VALUES
    (2013, 2, 8, 'UA', 1545, 'EWR', 1, 230, 0),
    (2013, 2, 8, 'UA', 1696, 'EWR', 554, 740, 12),
    (2013, 2, 8, 'B6', 725, 'JFK', NULL, NULL, NULL),
    (2013, 2, 8, 'B6', 703, 'JFK', 700, 1004, -18);
