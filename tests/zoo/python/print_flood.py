# Prints without an end.
# verdict: runtime_error
# says: output flood
def initials(name):
    while True:
        print('x' * 10000)
