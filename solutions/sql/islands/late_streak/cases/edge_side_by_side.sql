-- One airline has two flights at an airport on the same days, and one of the two numbers at a second airport as well; the newest rows come first.
INSERT INTO flights (year, month, day, carrier, flight, origin, dep_delay) VALUES
    (2013, 6, 9, 'EV', 4536, 'EWR', 2),
    (2013, 6, 8, 'EV', 4120, 'EWR', 45),
    (2013, 6, 8, 'EV', 4536, 'EWR', 61),
    (2013, 6, 7, 'EV', 4120, 'EWR', -6),
    (2013, 6, 7, 'EV', 4536, 'LGA', 30),
    (2013, 6, 6, 'EV', 4536, 'EWR', 17),
    (2013, 6, 6, 'EV', 4536, 'LGA', 24),
    (2013, 6, 5, 'EV', 4120, 'EWR', 33),
    (2013, 6, 5, 'EV', 4536, 'EWR', 28),
    (2013, 6, 4, 'EV', 4536, 'LGA', -1),
    (2013, 6, 4, 'EV', 4120, 'EWR', 52),
    (2013, 6, 3, 'EV', 4536, 'EWR', 0),
    (2013, 6, 3, 'EV', 4536, 'LGA', 19),
    (2013, 6, 2, 'EV', 4120, 'EWR', 4),
    (2013, 6, 2, 'EV', 4536, 'EWR', 80),
    (2013, 6, 1, 'EV', 4536, 'EWR', 20);
