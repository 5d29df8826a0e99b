-- Every pair is served both ways, one of them by different airlines in each direction: no row is the answer.
INSERT INTO routes (airline, origin, dest) VALUES
    ('DL', 'ATL', 'BOS'),
    ('DL', 'BOS', 'ATL'),
    ('DL', 'BOS', 'JAX'),
    ('B6', 'JAX', 'BOS');
