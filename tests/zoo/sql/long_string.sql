-- One value of three gigabytes.
-- verdict: memory_limit, runtime_error, time_limit
-- says:
SELECT repeat('x', 3_000_000_000), 1
