-- Loads an extension.
-- verdict: invalid
-- says: one query is asked for
LOAD httpfs
