-- Some airports have flights to Boston or to its destinations, but none from there; two more are connected with each other only.
INSERT INTO routes (airline, origin, dest) VALUES
    ('AA', 'BOS', 'PHL'),
    ('AA', 'PHL', 'STT'),
    ('AA', 'CLT', 'STT'),
    ('AA', 'TPA', 'BOS'),
    ('WN', 'DAL', 'HOU'),
    ('WN', 'HOU', 'DAL');
