# Swallows every exception, also a timeout's.
# verdict: time_limit
# says: stopped before
def initials(name):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
