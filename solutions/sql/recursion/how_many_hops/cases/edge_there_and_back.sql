-- Flights go there and back, also in a circle of three; two airlines share a route.
INSERT INTO routes (airline, origin, dest) VALUES
    ('B6', 'BOS', 'ACK'),
    ('B6', 'ACK', 'BOS'),
    ('9K', 'BOS', 'ACK'),
    ('9K', 'ACK', 'MVY'),
    ('9K', 'MVY', 'BOS');
