-- One of two Boeings has no flight, and neither has the only Cessna.
INSERT INTO planes (tailnum, manufacturer) VALUES
    ('N14228', 'BOEING'),
    ('N24211', 'BOEING'),
    ('N425AA', 'CESSNA');

INSERT INTO flights (year, month, day, carrier, flight, origin, tailnum) VALUES
    (2013, 1, 1, 'UA', 1545, 'EWR', 'N14228'),
    (2013, 1, 2, 'UA', 1545, 'EWR', 'N14228');
