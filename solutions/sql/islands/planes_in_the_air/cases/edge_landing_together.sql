-- Two flights land in the same minute; later in the day two others are in the air together.
INSERT INTO flights (time_hour, carrier, flight, origin, sched_dep_time, dep_delay, air_time) VALUES
    ('2013-08-05 12:00', 'UA', 683, 'LGA', 800, 0, 90),
    ('2013-08-05 12:00', 'DL', 461, 'LGA', 840, 0, 50),
    ('2013-08-05 16:00', 'B6', 1018, 'JFK', 1210, 0, 60),
    ('2013-08-05 16:00', 'AA', 301, 'LGA', 1225, 0, 120);
