-- An aircraft flies a circle over three airports; from each of them some flight leaves, but none goes straight back.
INSERT INTO routes (airline, origin, dest) VALUES
    ('WN', 'BWI', 'PNS'),
    ('WN', 'PNS', 'OKC'),
    ('WN', 'OKC', 'BWI');
