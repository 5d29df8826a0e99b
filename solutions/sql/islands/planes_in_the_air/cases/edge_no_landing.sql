-- Diverted flights have no air time and cancelled ones not even a delay; two others are together in the afternoon.
INSERT INTO flights (time_hour, carrier, flight, origin, sched_dep_time, dep_delay, air_time) VALUES
    ('2013-06-13 11:00', 'UA', 714, 'EWR', 700, 10, NULL),
    ('2013-06-13 12:00', 'EV', 4181, 'EWR', 800, 0, NULL),
    ('2013-06-13 13:00', 'AA', 133, 'JFK', 900, NULL, NULL),
    ('2013-06-13 20:00', 'DL', 95, 'JFK', 1600, 20, 120),
    ('2013-06-13 21:00', 'DL', 21, 'JFK', 1710, -10, 130),
    ('2013-06-13 21:00', 'MQ', 3616, 'LGA', 1730, NULL, NULL);
