-- The last airport of a chain is seven flights away.
INSERT INTO routes (airline, origin, dest) VALUES
    ('AS', 'BOS', 'SEA'),
    ('AS', 'SEA', 'ANC'),
    ('AS', 'ANC', 'BET'),
    ('YX', 'BET', 'ANI'),
    ('YX', 'ANI', 'SHX'),
    ('YX', 'SHX', 'KGX'),
    ('YX', 'KGX', 'HCR');
