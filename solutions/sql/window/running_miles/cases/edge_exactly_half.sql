-- One airline stands at exactly half of its miles after a flight; another one has an odd total.
INSERT INTO flights (time_hour, carrier, flight, origin, dep_time, distance) VALUES
    ('2013-05-01 12:00', 'AS', 5, 'EWR', 725, 2402),
    ('2013-05-01 22:00', 'AS', 7, 'EWR', 1829, 2402),
    ('2013-05-02 12:00', 'AS', 5, 'EWR', 723, 2402),
    ('2013-05-02 22:00', 'AS', 7, 'EWR', 1826, 2402),
    ('2013-05-01 13:00', 'YV', 2751, 'LGA', 844, 229),
    ('2013-05-02 13:00', 'YV', 2751, 'LGA', 851, 96),
    ('2013-05-03 13:00', 'YV', 2751, 'LGA', 850, 134);
