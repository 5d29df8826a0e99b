-- Pauses of exactly three, four and five days, the last one across the end of a year.
INSERT INTO prices (symbol, date, close) VALUES
    ('IBM', '2006-12-14', 95.36),
    ('IBM', '2006-12-18', 95.01),
    ('IBM', '2006-12-22', 95.25),
    ('IBM', '2006-12-26', 95.36),
    ('IBM', '2006-12-29', 97.15),
    ('IBM', '2007-01-03', 97.27);
