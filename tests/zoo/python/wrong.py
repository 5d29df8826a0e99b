# Plainly wrong.
# verdict: wrong_answer
# says:
def initials(name):
    return name
