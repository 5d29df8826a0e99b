# A catastrophic regular expression.
# verdict: time_limit
# says: stopped before
import re


def initials(name):
    return re.match("(a+)+$", "a" * 60 + "b")
