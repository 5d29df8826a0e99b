-- Drops the table it is to read.
-- verdict: invalid
-- says: one query is asked for
DROP TABLE prices
