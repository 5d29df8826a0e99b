-- One share ends years before the next one begins, and neither of them pauses.
INSERT INTO prices (symbol, date, close) VALUES
    ('AAPL', '2000-03-01', 130.31),
    ('AAPL', '2000-03-02', 122.00),
    ('AAPL', '2000-03-03', 128.00),
    ('FB', '2012-05-18', 38.23),
    ('FB', '2012-05-21', 34.03),
    ('GOOG', '2012-05-29', 594.34);
