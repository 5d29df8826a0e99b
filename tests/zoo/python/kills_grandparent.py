# Kills pytest.
# verdict: runtime_error
# says: PermissionError
import os


def initials(name):
    parent = open(f'/proc/{os.getppid()}/stat').read().split()[3]
    os.kill(int(parent), 9)
    return "".join(word[0] for word in name.split())
