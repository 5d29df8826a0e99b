CREATE TABLE prices (
    symbol VARCHAR NOT NULL,
    date DATE NOT NULL,
    close DOUBLE NOT NULL CHECK (close > 0),
    PRIMARY KEY (symbol, date)
);
