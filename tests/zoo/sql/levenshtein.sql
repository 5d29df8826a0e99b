-- One function call that takes hours and cannot be interrupted.
-- verdict: time_limit
-- says: stopped before it was done
SELECT levenshtein(repeat('ab', 3_000_000), repeat('ba', 3_000_000)), 1
