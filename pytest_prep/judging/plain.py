"""What a function of an answer may return: nothing that says itself what it equals.

A test compares with ``==``, which asks the returned object. An instance of a class of the answer
with an ``__eq__`` of its own could equal everything, by mistake or by design.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial, wraps
from itertools import islice
from types import FunctionType
from typing import Any

#: Containers are looked into; of large ones, so many items.
LOOKED_AT = 1000
#: The types of what an answer may put in the place of a function: memoised, or with arguments.
FUNCTIONS = (FunctionType, type(lru_cache(int)), partial)
_OF_A_MEMOISED = ("cache_info", "cache_clear", "cache_parameters")
_CONTAINERS = (list, tuple, set, frozenset)


class NotPlain(Exception):
    """A function returned an object of a class with its own idea of equality."""

    def __init__(self, function: str, kind: type, line: int) -> None:
        super().__init__(
            f"{function}() returned a {kind.__name__}, which defines __eq__ itself; "
            "return plain data"
        )
        self.line = line


def plain(function: Callable[..., Any], name: str, path: str) -> Callable[..., Any]:
    """Return the function called ``name`` in the file ``path``, checked in what it returns."""

    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        __tracebackhide__ = True
        value = function(*arguments, **named)
        fake = _fake((value,), path)
        if fake is not None:
            kind, line = fake
            raise NotPlain(name, kind, line)
        return value

    for more in _OF_A_MEMOISED:
        if hasattr(function, more):
            setattr(call, more, getattr(function, more))
    return call


def _fake(values: Iterable[Any], path: str) -> tuple[type, int] | None:
    """Return a class of the file ``path`` that defines equality, and the line where it does."""
    for kind in {type(value) for value in values}:
        equals = kind.__eq__
        if type(equals) is FunctionType and equals.__code__.co_filename == path:
            return kind, equals.__code__.co_firstlineno
    for value in values:
        inner: Iterable[Any] = ()
        if type(value) in _CONTAINERS:
            inner = tuple(islice(value, LOOKED_AT))
        elif type(value) is dict:
            inner = (*islice(value, LOOKED_AT), *islice(value.values(), LOOKED_AT))
        if inner and (found := _fake(inner, path)):
            return found
    return None
