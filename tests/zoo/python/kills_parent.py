# Kills its parent.
# verdict: runtime_error
# says: PermissionError
import os


def initials(name):
    os.kill(os.getppid(), 9)
    return "".join(word[0] for word in name.split())
