-- Prices rise and fall within the years, and the rows were not entered in the order of the dates.
INSERT INTO prices (symbol, date, close) VALUES
    ('MSFT', '2008-06-02', 27.80),
    ('MSFT', '2008-12-31', 19.44),
    ('MSFT', '2008-01-02', 35.22),
    ('MSFT', '2008-11-20', 17.53),
    ('MSFT', '2009-12-31', 30.48),
    ('MSFT', '2009-03-09', 15.15),
    ('MSFT', '2009-01-02', 20.33);
