-- Thursday 28 February to Monday 4 March: the only Saturday and the only Sunday have no flight.
INSERT INTO flights (year, month, day, carrier, flight, origin) VALUES
    (2013, 2, 28, 'UA', 1545, 'EWR'),
    (2013, 3, 1, 'UA', 1545, 'EWR'),
    (2013, 3, 1, 'UA', 1545, 'LGA'),
    (2013, 3, 4, 'B6', 725, 'JFK');
