-- Two airlines fly the same way and nobody flies back; on another pair two fly there and one of them back.
INSERT INTO routes (airline, origin, dest) VALUES
    ('AA', 'PHL', 'STT'),
    ('B6', 'PHL', 'STT'),
    ('AA', 'PHL', 'BOS'),
    ('B6', 'PHL', 'BOS'),
    ('B6', 'BOS', 'PHL');
