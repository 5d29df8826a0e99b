-- Aircraft with two or three flights in their last hour, entered in different orders.
INSERT INTO flights (time_hour, carrier, flight, tailnum, origin, dest) VALUES
    ('2013-09-26 16:00', 'WN', 295, 'N691WN', 'LGA', 'MDW'),
    ('2013-09-26 16:00', 'WN', 4720, 'N691WN', 'EWR', 'BNA'),
    ('2013-12-29 22:00', 'EV', 4294, 'N13964', 'EWR', 'SAV'),
    ('2013-12-29 22:00', 'EV', 3822, 'N13964', 'EWR', 'IND'),
    ('2013-05-01 12:00', 'B6', 128, 'N283JB', 'JFK', 'BTV'),
    ('2013-05-12 02:00', 'B6', 128, 'N283JB', 'JFK', 'BTV'),
    ('2013-05-12 02:00', 'B6', 608, 'N283JB', 'JFK', 'PWM'),
    ('2013-05-12 02:00', 'B6', 301, 'N283JB', 'JFK', 'FLL');
