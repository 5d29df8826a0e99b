# Writes to the descriptor itself.
# verdict: runtime_error
# says: output flood
import os


def initials(name):
    while True:
        os.write(1, b'x' * 10000)
