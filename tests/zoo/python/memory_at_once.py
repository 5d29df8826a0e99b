# One huge object.
# verdict: memory_limit
# says: memory
def initials(name):
    return [0] * (1 << 60)
