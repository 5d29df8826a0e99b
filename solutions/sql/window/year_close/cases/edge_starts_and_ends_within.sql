-- One share starts in August, another one ends in March, a third one has no prices in the year between.
INSERT INTO prices (symbol, date, close) VALUES
    ('IBM', '2004-01-02', 91.55),
    ('IBM', '2004-12-31', 98.58),
    ('IBM', '2006-01-03', 82.06),
    ('IBM', '2006-12-29', 97.15),
    ('GOOG', '2004-08-19', 100.34),
    ('GOOG', '2004-12-31', 192.79),
    ('GOOG', '2005-01-03', 202.71),
    ('GOOG', '2005-12-30', 414.86),
    ('XOM', '2005-01-03', 49.49),
    ('XOM', '2005-03-01', 62.00);
