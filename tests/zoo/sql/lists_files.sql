-- Looks for files.
-- verdict: runtime_error
-- says: disabled
SELECT file, 1 FROM glob('/etc/*')
