-- Deletes rows and returns them.
-- verdict: invalid
-- says: one query is asked for
DELETE FROM prices RETURNING item, price
