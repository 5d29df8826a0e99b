# Deletes its own kata.
# verdict: runtime_error
# says: PermissionError
import shutil
from pathlib import Path


def initials(name):
    shutil.rmtree(Path(__file__).parent)
