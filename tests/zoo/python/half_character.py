# Raises with half of a character.
# verdict: runtime_error
# says: ValueError
def initials(name):
    raise ValueError("\ud800")
