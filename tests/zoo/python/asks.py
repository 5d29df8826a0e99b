# Waits for somebody to type.
# verdict: runtime_error
# says: nothing to read
def initials(name):
    return input('name? ')
