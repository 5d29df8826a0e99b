# A loop without an end.
# verdict: time_limit
# says: stopped before
def initials(name):
    while True:
        pass
