# Ends the program when loaded.
# verdict: runtime_error
# says: SystemExit
raise SystemExit
