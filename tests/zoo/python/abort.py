# Aborts.
# verdict: runtime_error
# says: SIGABRT
import os


def initials(name):
    os.abort()
