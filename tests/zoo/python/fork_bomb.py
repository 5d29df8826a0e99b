# Forks without an end.
# verdict: runtime_error
# says: more than 64 processes
import os


def initials(name):
    while True:
        os.fork()
