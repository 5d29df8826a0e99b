-- The largest number is reached on two days; between them nobody is in the air, and a cancelled day follows.
INSERT INTO flights (time_hour, carrier, flight, origin, sched_dep_time, dep_delay, air_time) VALUES
    ('2013-12-02 13:00', 'AA', 301, 'LGA', 840, 0, 120),
    ('2013-12-02 13:00', 'UA', 683, 'LGA', 855, -5, 122),
    ('2013-12-01 13:00', 'AA', 301, 'LGA', 840, 4, 118),
    ('2013-12-01 13:00', 'UA', 683, 'LGA', 855, 0, 125),
    ('2013-12-03 13:00', 'AA', 301, 'LGA', 840, NULL, NULL);
