-- Writes a file.
-- verdict: invalid
-- says: one query is asked for
COPY (SELECT 1) TO 'stolen.csv'
