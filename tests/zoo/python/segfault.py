# Reads address 0.
# verdict: runtime_error
# says: SIGSEGV
import ctypes


def initials(name):
    ctypes.string_at(0)
