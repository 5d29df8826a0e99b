-- The flight with most late departures is on time after every second one; another one is late three times running.
INSERT INTO flights (year, month, day, carrier, flight, origin, dep_delay) VALUES
    (2013, 1, 1, 'B6', 527, 'EWR', 20),
    (2013, 1, 2, 'B6', 527, 'EWR', 35),
    (2013, 1, 3, 'B6', 527, 'EWR', 2),
    (2013, 1, 4, 'B6', 527, 'EWR', 61),
    (2013, 1, 5, 'B6', 527, 'EWR', 18),
    (2013, 1, 6, 'B6', 527, 'EWR', 15),
    (2013, 1, 7, 'B6', 527, 'EWR', 16),
    (2013, 1, 2, 'UA', 15, 'EWR', 25),
    (2013, 1, 3, 'UA', 15, 'EWR', 44),
    (2013, 1, 4, 'UA', 15, 'EWR', 90);
