INSERT INTO routes (airline, origin, dest) VALUES
    ('B6', 'BOS', 'JFK'),
    ('B6', 'JFK', 'BOS'),
    ('DL', 'BOS', 'JFK'),
    ('AS', 'BOS', 'SEA'),
    ('AS', 'JFK', 'SEA'),
    ('AS', 'SEA', 'ANC'),
    ('AS', 'ANC', 'SEA'),
    ('AS', 'ANC', 'BRW'),
    ('WN', 'DAL', 'HOU');
