# Calls itself.
# verdict: runtime_error
# says: RecursionError
def initials(name):
    return initials(name)
