# Waits for its own lock.
# verdict: time_limit
# says: stopped before
import threading


def initials(name):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
