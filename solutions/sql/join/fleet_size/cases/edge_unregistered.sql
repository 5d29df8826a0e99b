-- Two flights have a tail number that is not in the register, and two have none.
INSERT INTO planes (tailnum, manufacturer) VALUES
    ('N14228', 'BOEING'),
    ('N516JB', 'AIRBUS'),
    ('N103US', 'AIRBUS INDUSTRIE');

INSERT INTO flights (year, month, day, carrier, flight, origin, tailnum) VALUES
    (2013, 1, 1, 'UA', 1545, 'EWR', 'N14228'),
    (2013, 1, 1, 'B6', 507, 'EWR', 'N516JB'),
    (2013, 1, 1, 'US', 1019, 'EWR', 'N103US'),
    (2013, 1, 1, 'MQ', 4525, 'LGA', 'N730MQ'),
    (2013, 1, 2, 'MQ', 4525, 'LGA', 'N730MQ'),
    (2013, 1, 1, 'AA', 791, 'LGA', NULL),
    (2013, 1, 2, 'AA', 791, 'LGA', NULL);
