-- Three shares over the same weeks, one of them with two pauses, the last one with a single day.
INSERT INTO prices (symbol, date, close) VALUES
    ('IBM', '2001-09-10', 96.47),
    ('IBM', '2001-09-17', 93.52),
    ('IBM', '2001-09-18', 95.12),
    ('IBM', '2001-09-24', 91.30),
    ('MSFT', '2001-09-14', 54.32),
    ('MSFT', '2001-09-17', 52.91),
    ('MSFT', '2001-09-18', 54.32),
    ('XOM', '2001-09-10', 41.20);
