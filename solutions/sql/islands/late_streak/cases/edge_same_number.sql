-- Two airlines use the same flight number at an airport, and one of them uses it at another airport too.
INSERT INTO flights (year, month, day, carrier, flight, origin, dep_delay) VALUES
    (2013, 6, 1, 'AA', 27, 'JFK', 40),
    (2013, 6, 2, 'AA', 27, 'JFK', 52),
    (2013, 6, 3, 'AA', 27, 'JFK', 0),
    (2013, 6, 1, 'VX', 27, 'JFK', 17),
    (2013, 6, 2, 'VX', 27, 'JFK', 28),
    (2013, 6, 3, 'VX', 27, 'JFK', 33),
    (2013, 6, 4, 'VX', 27, 'JFK', -1),
    (2013, 6, 4, 'AA', 27, 'EWR', 18),
    (2013, 6, 5, 'AA', 27, 'EWR', 66);
