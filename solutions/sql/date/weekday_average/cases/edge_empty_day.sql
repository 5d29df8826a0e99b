-- The second of two Tuesdays has no flight; every other day has one or more.
INSERT INTO flights (year, month, day, carrier, flight, origin) VALUES
    (2013, 10, 22, 'UA', 1545, 'EWR'),
    (2013, 10, 22, 'DL', 461, 'LGA'),
    (2013, 10, 23, 'UA', 1545, 'EWR'),
    (2013, 10, 24, 'UA', 1545, 'EWR'),
    (2013, 10, 25, 'UA', 1545, 'EWR'),
    (2013, 10, 26, 'UA', 1545, 'EWR'),
    (2013, 10, 27, 'UA', 1545, 'EWR'),
    (2013, 10, 28, 'UA', 1545, 'EWR'),
    (2013, 10, 30, 'UA', 1545, 'EWR');
