# Lifts the limit and recurses in C.
# verdict: runtime_error, memory_limit
# says:
import sys


def initials(name):
    sys.setrecursionlimit(10**9)
    return initials(name)
