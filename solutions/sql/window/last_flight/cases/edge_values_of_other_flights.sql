-- The last flight has the lowest flight number and the alphabetically first airline and airports.
INSERT INTO flights (time_hour, carrier, flight, tailnum, origin, dest) VALUES
    ('2013-03-01 12:00', 'MQ', 4670, 'N0EGMQ', 'LGA', 'XNA'),
    ('2013-03-02 12:00', 'EV', 3910, 'N0EGMQ', 'LGA', 'RDU'),
    ('2013-03-03 12:00', '9E', 11, 'N0EGMQ', 'EWR', 'ATL');
