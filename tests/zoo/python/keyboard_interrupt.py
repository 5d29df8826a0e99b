# Pretends that Ctrl-C was pressed.
# verdict: runtime_error
# says: KeyboardInterrupt
def initials(name):
    raise KeyboardInterrupt
