-- A list that no engine's limit on time interrupts.
-- verdict: memory_limit, time_limit
-- says:
SELECT len(list_transform(range(400_000_000), lambda x: x * 2)), 1
