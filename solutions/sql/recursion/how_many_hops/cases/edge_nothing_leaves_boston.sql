-- No flight leaves Boston: its own row is the answer.
INSERT INTO routes (airline, origin, dest) VALUES
    ('B6', 'JFK', 'BOS'),
    ('B6', 'JFK', 'SJU');
