-- Only three Mondays have flights: one, one and four of them.
INSERT INTO flights (year, month, day, carrier, flight, origin) VALUES
    (2013, 5, 6, 'UA', 1545, 'EWR'),
    (2013, 5, 13, 'UA', 1545, 'EWR'),
    (2013, 5, 20, 'UA', 1545, 'EWR'),
    (2013, 5, 20, 'DL', 461, 'LGA'),
    (2013, 5, 20, 'B6', 725, 'JFK'),
    (2013, 5, 20, 'B6', 79, 'JFK');
