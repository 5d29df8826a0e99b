-- A misspelt word.
-- verdict: invalid
-- says: Parser Error
SELEC item, price FROM prices
