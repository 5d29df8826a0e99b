-- All flights are cancelled: no row is the answer.
INSERT INTO flights (time_hour, carrier, flight, origin, sched_dep_time, dep_delay, air_time) VALUES
    ('2013-02-09 13:00', 'AA', 133, 'JFK', 800, NULL, NULL),
    ('2013-02-09 14:00', 'UA', 683, 'LGA', 955, NULL, NULL);
