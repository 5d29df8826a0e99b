# An exception that cannot be shown.
# verdict: runtime_error
# says: Mine
class Mine(Exception):
    def __str__(self):
        raise ValueError

    __repr__ = __str__


def initials(name):
    raise Mine
