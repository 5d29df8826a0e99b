# Sorts so that equal ids become neighbours, and so finds the smallest repeated id.
# caught by: test_edge_position_not_alphabet
from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise


def first_repeat(events: Iterable[str]) -> str | None:
    for left, right in pairwise(sorted(events)):
        if left == right:
            return left
    return None
