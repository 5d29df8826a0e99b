-- Sets the threads.
-- verdict: invalid
-- says: one query is asked for
PRAGMA threads = 8
