# Defines something else.
# verdict: invalid
# says: does not define
def initial(name):
    return "".join(word[0] for word in name.split())
