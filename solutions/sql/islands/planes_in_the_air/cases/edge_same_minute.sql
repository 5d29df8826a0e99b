-- A flight takes off in the minute in which another one lands, several times; only two flights are really together.
INSERT INTO flights (time_hour, carrier, flight, origin, sched_dep_time, dep_delay, air_time) VALUES
    ('2013-05-06 10:00', 'B6', 301, 'JFK', 600, 0, 65),
    ('2013-05-06 11:00', 'B6', 608, 'JFK', 700, 5, 55),
    ('2013-05-06 12:00', 'DL', 120, 'JFK', 800, 0, 45),
    ('2013-05-06 12:00', 'DL', 461, 'LGA', 820, -20, 45),
    ('2013-05-06 12:00', 'AA', 1, 'JFK', 845, 0, 60),
    ('2013-05-06 13:00', 'UA', 15, 'EWR', 945, 0, 120);
