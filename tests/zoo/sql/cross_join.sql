-- A join of everything with everything.
-- verdict: time_limit
-- says: stopped before it was done
SELECT count(*), 1 FROM range(10_000_000_000) a, range(10_000_000_000) b WHERE a.range > b.range
