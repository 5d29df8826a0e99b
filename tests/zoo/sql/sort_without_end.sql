-- A sort of a billion rows.
-- verdict: memory_limit, time_limit
-- says:
SELECT range, 1 FROM range(3_000_000_000) ORDER BY hash(range) DESC
