-- No flight has a tail number: no row is the answer.
INSERT INTO flights (time_hour, carrier, flight, tailnum, origin, dest) VALUES
    ('2013-02-09 11:00', 'UA', 714, NULL, 'EWR', 'MIA'),
    ('2013-02-09 13:00', 'AA', 133, NULL, 'JFK', 'LAX');
