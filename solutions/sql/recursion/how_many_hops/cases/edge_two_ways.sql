-- A short and a long way lead to the same airport, and the long way lies first in the table.
INSERT INTO routes (airline, origin, dest) VALUES
    ('DL', 'BOS', 'DTW'),
    ('DL', 'DTW', 'MSP'),
    ('DL', 'MSP', 'SLC'),
    ('DL', 'SLC', 'BOI'),
    ('DL', 'BOS', 'SLC'),
    ('UA', 'BOS', 'DEN'),
    ('UA', 'DEN', 'BOI');
