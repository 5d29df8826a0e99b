-- Ten days, Saturday to Monday of the week after next: Saturday, Sunday and Monday occur twice, the others once.
INSERT INTO flights (year, month, day, carrier, flight, origin) VALUES
    (2013, 3, 2, 'UA', 1545, 'EWR'),
    (2013, 3, 2, 'DL', 461, 'LGA'),
    (2013, 3, 3, 'UA', 1545, 'EWR'),
    (2013, 3, 4, 'UA', 1545, 'EWR'),
    (2013, 3, 4, 'DL', 461, 'LGA'),
    (2013, 3, 4, 'B6', 725, 'JFK'),
    (2013, 3, 5, 'UA', 1545, 'EWR'),
    (2013, 3, 6, 'UA', 1545, 'EWR'),
    (2013, 3, 6, 'DL', 461, 'LGA'),
    (2013, 3, 7, 'UA', 1545, 'EWR'),
    (2013, 3, 8, 'UA', 1545, 'EWR'),
    (2013, 3, 9, 'UA', 1545, 'EWR'),
    (2013, 3, 10, 'UA', 1545, 'EWR'),
    (2013, 3, 10, 'DL', 461, 'LGA'),
    (2013, 3, 11, 'UA', 1545, 'EWR');
