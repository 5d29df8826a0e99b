"""The tests of Python katas, run in a process that may be lost: forked, or a spawned worker."""
