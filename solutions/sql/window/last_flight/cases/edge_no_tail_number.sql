-- Some flights have no tail number, two of them in the same hour and with the same flight number.
INSERT INTO flights (time_hour, carrier, flight, tailnum, origin, dest) VALUES
    ('2013-02-09 11:00', 'UA', 714, NULL, 'EWR', 'MIA'),
    ('2013-02-09 13:00', 'AA', 133, NULL, 'JFK', 'LAX'),
    ('2013-02-09 13:00', 'DL', 133, NULL, 'LGA', 'ATL'),
    ('2013-02-08 12:00', 'AA', 133, 'N338AA', 'JFK', 'LAX');
