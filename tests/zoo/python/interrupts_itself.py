# Sends itself Ctrl-C.
# verdict: runtime_error
# says: KeyboardInterrupt
import os
import signal


def initials(name):
    os.kill(os.getpid(), signal.SIGINT)
    while True:
        pass
