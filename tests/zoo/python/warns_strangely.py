# Warns with a class of its own, which is called like a built-in function.
# verdict: accepted
# says:
import warnings

Strange = type("open", (UserWarning,), {})


def initials(name):
    warnings.warn("strange", category=Strange)
    return "".join(word[0] for word in name.split())
