-- A column that is not there.
-- verdict: runtime_error
-- says: Binder Error
SELECT item, cost FROM prices
