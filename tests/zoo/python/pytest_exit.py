# Ends the session.
# verdict: runtime_error
# says: Exit
import pytest


def initials(name):
    pytest.exit('no more')
