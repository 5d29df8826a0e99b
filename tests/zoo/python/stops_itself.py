# Stops its own process.
# verdict: time_limit
# says: stopped before
import os
import signal


def initials(name):
    os.kill(os.getpid(), signal.SIGSTOP)
