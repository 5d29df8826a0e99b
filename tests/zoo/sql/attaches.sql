-- Opens another database.
-- verdict: invalid
-- says: one query is asked for
ATTACH 'other.duckdb'
