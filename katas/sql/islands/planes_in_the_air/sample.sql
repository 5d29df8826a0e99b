INSERT INTO flights (time_hour, carrier, flight, origin, sched_dep_time, dep_delay, air_time) VALUES
    ('2013-04-03 11:00', 'UA', 1545, 'EWR', 715, 0, 220),
    ('2013-04-03 11:00', 'B6', 725, 'JFK', 730, 15, 40),
    ('2013-04-03 12:00', 'DL', 461, 'LGA', 800, -5, 116),
    ('2013-04-03 12:00', 'AA', 301, 'LGA', 810, NULL, NULL),
    ('2013-04-03 12:00', 'EV', 5708, 'LGA', 815, 32, 53),
    ('2013-04-03 14:00', 'B6', 79, 'JFK', 1000, 3, 140);
