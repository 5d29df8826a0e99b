-- A hundred million rows for the judge to fetch.
-- verdict: memory_limit, time_limit
-- says:
SELECT unnest(range(100_000_000)), 1
