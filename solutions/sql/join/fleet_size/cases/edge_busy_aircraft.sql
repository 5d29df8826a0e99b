-- One aircraft makes four flights, two of them on one day; the other aircraft of its manufacturer makes one.
INSERT INTO planes (tailnum, manufacturer) VALUES
    ('N11106', 'EMBRAER'),
    ('N10575', 'EMBRAER');

INSERT INTO flights (year, month, day, carrier, flight, origin, tailnum) VALUES
    (2013, 3, 1, 'EV', 4308, 'EWR', 'N11106'),
    (2013, 3, 1, 'EV', 4310, 'EWR', 'N11106'),
    (2013, 3, 2, 'EV', 4308, 'EWR', 'N11106'),
    (2013, 3, 2, 'EV', 4308, 'LGA', 'N11106'),
    (2013, 3, 2, 'EV', 4576, 'LGA', 'N10575');
