# Works in a folder that it removes.
# verdict: accepted
# says:
import os
import tempfile


def initials(name):
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
    return "".join(word[0] for word in name.split())
