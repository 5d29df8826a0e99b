-- A second statement behind the first.
-- verdict: invalid
-- says: one query is asked for
SELECT item, price FROM prices; DELETE FROM prices
