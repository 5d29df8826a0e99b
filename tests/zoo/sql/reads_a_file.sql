-- Reads a file of the machine.
-- verdict: runtime_error
-- says: disabled
SELECT content, 1 FROM read_text('/etc/passwd')
