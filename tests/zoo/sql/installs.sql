-- Asks for an extension.
-- verdict: invalid
-- says: one query is asked for
INSTALL httpfs
