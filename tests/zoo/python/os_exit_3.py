# Ends the process.
# verdict: runtime_error
# says: exited without answering (exit code 3)
import os


def initials(name):
    os._exit(3)
