-- An airline with a single flight, and one whose first flight is longer than all others together.
INSERT INTO flights (time_hour, carrier, flight, origin, dep_time, distance) VALUES
    ('2013-11-30 20:00', 'OO', 5559, 'LGA', 1507, 229),
    ('2013-06-01 15:00', 'HA', 51, 'JFK', 1000, 4983),
    ('2013-06-02 10:00', 'HA', 90, 'JFK', 505, 200);
