-- A share with one trading day in a year, and years that begin and end at the same price.
INSERT INTO prices (symbol, date, close) VALUES
    ('FB', '2012-12-31', 26.62),
    ('FB', '2013-01-02', 28.00),
    ('FB', '2013-01-28', 32.47),
    ('FB', '2013-02-22', 28.00),
    ('IBM', '2013-01-01', 191.55);
