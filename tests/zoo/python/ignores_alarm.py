# Ignores the signal of a timeout.
# verdict: time_limit
# says: stopped before
import signal


def initials(name):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    while True:
        pass
