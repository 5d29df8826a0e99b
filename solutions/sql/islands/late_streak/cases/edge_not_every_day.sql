-- A flight that leaves on working days only is late across a weekend, a month's end and a year's end.
INSERT INTO flights (year, month, day, carrier, flight, origin, dep_delay) VALUES
    (2012, 12, 27, 'WN', 226, 'LGA', 5),
    (2012, 12, 28, 'WN', 226, 'LGA', 29),
    (2012, 12, 31, 'WN', 226, 'LGA', 47),
    (2013, 1, 2, 'WN', 226, 'LGA', 19),
    (2013, 1, 3, 'WN', 226, 'LGA', 0),
    (2013, 1, 1, 'DL', 95, 'LGA', 31),
    (2013, 1, 2, 'DL', 95, 'LGA', 26),
    (2013, 1, 3, 'DL', 95, 'LGA', -2);
