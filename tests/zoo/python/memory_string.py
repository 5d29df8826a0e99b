# A string that doubles.
# verdict: memory_limit
# says: more memory
def initials(name):
    while True:
        name += name + 'x'
