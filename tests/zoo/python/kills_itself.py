# Kills its process.
# verdict: runtime_error
# says: SIGKILL
import os


def initials(name):
    os.kill(os.getpid(), 9)
