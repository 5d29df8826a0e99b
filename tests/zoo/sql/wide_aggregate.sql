-- An aggregate that keeps everything.
-- verdict: memory_limit, time_limit
-- says:
SELECT list(range), 1 FROM range(3_000_000_000)
