# Divides by zero.
# verdict: runtime_error
# says: ZeroDivisionError
def initials(name):
    return 1 / 0
