# Waits in a debugger.
# verdict: runtime_error
# says: --pdb
def initials(name):
    breakpoint()
    return "".join(word[0] for word in name.split())
