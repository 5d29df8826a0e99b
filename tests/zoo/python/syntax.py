# Does not parse.
# verdict: invalid
# says: does not parse
def initials(name):
    return name[
