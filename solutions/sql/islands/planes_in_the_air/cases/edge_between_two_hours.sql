-- Short flights are together between two full hours only, over midnight UTC, one of them after a delay of more than an hour.
INSERT INTO flights (time_hour, carrier, flight, origin, sched_dep_time, dep_delay, air_time) VALUES
    ('2013-10-01 22:00', 'MQ', 3795, 'EWR', 1855, 75, 30),
    ('2013-10-02 00:00', 'EV', 4333, 'EWR', 2005, 2, 33),
    ('2013-10-02 00:00', 'B6', 28, 'JFK', 2015, -3, 21),
    ('2013-10-02 02:00', 'B6', 2002, 'JFK', 2230, 0, 200),
    ('2013-10-02 02:00', 'DL', 1902, 'LGA', 2245, 0, 90);
