-- Lifts a limit.
-- verdict: invalid
-- says: one query is asked for
SET memory_limit = '100GB'
