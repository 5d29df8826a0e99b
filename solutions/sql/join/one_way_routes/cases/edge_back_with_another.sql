-- One airline flies there and another one back; a third pair has no way back.
INSERT INTO routes (airline, origin, dest) VALUES
    ('AA', 'ORD', 'ORF'),
    ('UA', 'ORF', 'ORD'),
    ('UA', 'ORD', 'STT');
