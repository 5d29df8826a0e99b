# Leaves a thread behind.
# verdict: accepted
# says:
import threading
import time


def initials(name):
    threading.Thread(target=time.sleep, args=(100,)).start()
    return "".join(word[0] for word in name.split())
