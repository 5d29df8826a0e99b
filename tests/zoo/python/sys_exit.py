# Ends the program.
# verdict: runtime_error
# says: SystemExit
import sys


def initials(name):
    sys.exit(0)
