INSERT INTO planes (tailnum, manufacturer) VALUES
    ('N14228', 'BOEING'),
    ('N24211', 'BOEING'),
    ('N516JB', 'AIRBUS'),
    ('N11106', 'EMBRAER');

INSERT INTO flights (year, month, day, carrier, flight, origin, tailnum) VALUES
    (2013, 1, 1, 'UA', 1545, 'EWR', 'N14228'),
    (2013, 1, 2, 'UA', 1124, 'EWR', 'N14228'),
    (2013, 1, 1, 'UA', 1714, 'LGA', 'N24211'),
    (2013, 1, 1, 'B6', 507, 'EWR', 'N516JB'),
    (2013, 1, 1, 'EV', 4308, 'EWR', 'N11106'),
    (2013, 1, 3, 'EV', 4308, 'EWR', 'N11106');
