# Returns twice, once in a child.
# verdict: accepted
# says:
import os


def initials(name):
    os.fork()
    return "".join(word[0] for word in name.split())
