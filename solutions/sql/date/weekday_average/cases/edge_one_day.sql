-- All flights are on one Sunday, so the result has one row.
INSERT INTO flights (year, month, day, carrier, flight, origin) VALUES
    (2013, 12, 29, 'UA', 1545, 'EWR'),
    (2013, 12, 29, 'B6', 725, 'JFK');
