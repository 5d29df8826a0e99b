-- Nothing but a semicolon.
-- verdict: todo
-- says:
;
