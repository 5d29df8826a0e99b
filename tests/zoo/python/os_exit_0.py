# Ends the process as if all were well.
# verdict: runtime_error
# says: exited without answering (exit code 0)
import os


def initials(name):
    os._exit(0)
