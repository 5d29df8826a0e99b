-- A flight is cancelled once in the middle of its late departures and once right after them; another one is always cancelled.
INSERT INTO flights (year, month, day, carrier, flight, origin, dep_delay) VALUES
    (2013, 3, 4, 'EV', 4536, 'EWR', 59),
    (2013, 3, 5, 'EV', 4536, 'EWR', 27),
    (2013, 3, 6, 'EV', 4536, 'EWR', NULL),
    (2013, 3, 7, 'EV', 4536, 'EWR', 58),
    (2013, 3, 8, 'EV', 4536, 'EWR', NULL),
    (2013, 3, 9, 'EV', 4536, 'EWR', -10),
    (2013, 3, 4, 'AA', 119, 'EWR', 21),
    (2013, 3, 5, 'AA', 119, 'EWR', 33),
    (2013, 3, 6, 'AA', 119, 'EWR', 1),
    (2013, 3, 4, 'US', 29, 'LGA', NULL),
    (2013, 3, 5, 'US', 29, 'LGA', NULL);
