-- Raises an error by itself.
-- verdict: runtime_error
-- says: mine
SELECT error('mine'), 1
