-- Reads a file by its name.
-- verdict: runtime_error
-- says: disabled
SELECT *, 1 FROM '/etc/passwd.csv'
