-- A recursion without an end.
-- verdict: time_limit, memory_limit
-- says:
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i), 1 FROM n
