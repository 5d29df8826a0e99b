# A list without an end.
# verdict: memory_limit
# says: more memory
def initials(name):
    found = []
    while True:
        found.append(bytearray(b'1' * 10**6))
