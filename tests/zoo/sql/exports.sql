-- Writes the whole database.
-- verdict: invalid
-- says: one query is asked for
EXPORT DATABASE 'stolen'
