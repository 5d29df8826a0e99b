-- The longest run occurs twice at one airport, with the same flight and again with another one; a second airport has no late departure.
INSERT INTO flights (year, month, day, carrier, flight, origin, dep_delay) VALUES
    (2013, 9, 1, 'MQ', 3588, 'LGA', 25),
    (2013, 9, 2, 'MQ', 3588, 'LGA', 71),
    (2013, 9, 3, 'MQ', 3588, 'LGA', -7),
    (2013, 9, 4, 'MQ', 3588, 'LGA', 34),
    (2013, 9, 5, 'MQ', 3588, 'LGA', 20),
    (2013, 9, 2, 'FL', 349, 'LGA', 90),
    (2013, 9, 3, 'FL', 349, 'LGA', 45),
    (2013, 9, 1, 'HA', 51, 'JFK', -12),
    (2013, 9, 2, 'HA', 51, 'JFK', 15);
