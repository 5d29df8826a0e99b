INSERT INTO routes (airline, origin, dest) VALUES
    ('DL', 'BOS', 'ATL'),
    ('DL', 'ATL', 'BOS'),
    ('DL', 'BOS', 'JFK'),
    ('DL', 'JFK', 'BOS'),
    ('B6', 'BOS', 'JFK'),
    ('B6', 'JFK', 'BOS'),
    ('B6', 'BOS', 'STT');
