-- Trading in one share is suspended for a week while the other one goes on.
INSERT INTO prices (symbol, date, close) VALUES
    ('GOOG', '2005-03-04', 185.90),
    ('GOOG', '2005-03-14', 174.99),
    ('MSFT', '2005-03-04', 25.17),
    ('MSFT', '2005-03-07', 25.47),
    ('MSFT', '2005-03-09', 25.31),
    ('MSFT', '2005-03-11', 25.09),
    ('MSFT', '2005-03-14', 25.11);
