-- The rows of two shares were entered with the newest day first; each share has one pause.
INSERT INTO prices (symbol, date, close) VALUES
    ('XOM', '2001-09-18', 40.10),
    ('IBM', '2001-09-18', 95.12),
    ('XOM', '2001-09-17', 39.75),
    ('IBM', '2001-09-17', 93.52),
    ('XOM', '2001-09-10', 41.20),
    ('IBM', '2001-09-10', 96.47),
    ('IBM', '2001-09-07', 96.70);
