# Waits for nothing.
# verdict: time_limit
# says: stopped before
import time


def initials(name):
    time.sleep(1000)
