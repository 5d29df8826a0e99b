-- During one long flight three short ones take off and land one after another.
INSERT INTO flights (time_hour, carrier, flight, origin, sched_dep_time, dep_delay, air_time) VALUES
    ('2013-07-20 14:00', 'HA', 51, 'JFK', 1000, 0, 620),
    ('2013-07-20 15:00', 'B6', 1018, 'JFK', 1100, 0, 40),
    ('2013-07-20 16:00', 'EV', 5708, 'LGA', 1200, 0, 50),
    ('2013-07-20 17:00', 'B6', 1174, 'EWR', 1300, 0, 35);
