"""The fixture ``agrees_with_reference``: inputs that a strategy makes, the smallest is shown."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from pytest_prep.judging.python_answer import line_in
from pytest_prep.judging.values import disagreement, shown
from pytest_prep.judging.verdict import Verdict
from pytest_prep.nodes import conclude
from pytest_prep.practice import answer_path, kata_of
from pytest_prep.python_katas import load_reference

#: Inputs that are tried, where a test does not say how many.
EXAMPLES = 100
#: Characters of an argument and of a value in the message.
_ROOM = 300


class Disagreement(AssertionError):
    """The answer returned something else than the reference, or changed what it was given."""


class Agreement:
    """Compares functions of the answer with the reference's functions of the same names."""

    def __init__(self, item: pytest.Item) -> None:
        """Remember whose test it is."""
        self._item = item

    def __call__(
        self,
        function: Callable[..., Any],
        *strategies: Any,
        examples: int = EXAMPLES,
        **named: Any,
    ) -> None:
        """Call both on inputs that hypothesis makes, and conclude with the smallest that tells.

        Args:
            function: a function of the answer, such as ``answer.first_repeat``.
            strategies: what makes its positional arguments.
            examples: how many inputs to try; the same ones in every run.
            named: what makes its keyword arguments.
        """
        __tracebackhide__ = True
        from hypothesis import HealthCheck, Phase, given, settings
        from hypothesis import strategies as st
        from hypothesis.errors import FlakyFailure, FlakyStrategyDefinition

        kata = kata_of(self._item)
        reference = getattr(load_reference(kata, ()), function.__name__)
        #: The arguments of the failing call last tried: hypothesis ends with the smallest.
        failing: list[str] = []

        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            derandomize=True,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
        )
        @given(st.tuples(*strategies), st.fixed_dictionaries(named))
        def compared(arguments: tuple[Any, ...], more: dict[str, Any]) -> None:
            __tracebackhide__ = True
            try:
                _compare(function, reference, arguments, more)
            except Exception:
                failing[:] = [_call(function.__name__, arguments, more)]
                raise

        stopped: BaseException | None = None
        try:
            compared()
        except Disagreement as error:
            summary, _, detail = str(error).partition("\n")
        except (FlakyFailure, FlakyStrategyDefinition):
            summary, detail = "the same input does not always give the same result", ""
        except Exception as error:
            if line_in(error.__traceback__, answer_path(self._item)) is None:
                raise
            stopped = error
        else:
            return
        found = f"the smallest input found:\n\n  {failing[0]}" if failing else ""
        if stopped is not None:
            line = line_in(stopped.__traceback__, answer_path(self._item))
            summary = f"{type(stopped).__name__}: {shown(str(stopped), 100)[1:-1]}".rstrip(": ")
            conclude(self._item, Verdict("runtime_error", summary, found, line=line))
        conclude(self._item, Verdict("wrong_answer", summary, f"{found}\n{detail}".rstrip()))


def _compare(
    function: Callable[..., Any],
    reference: Callable[..., Any],
    arguments: tuple[Any, ...],
    named: dict[str, Any],
) -> None:
    """Call both, each with arguments of its own.

    Raises:
        Disagreement: they differ; the first line is a sentence.
        Exception: what the answer raised where the reference does not.
    """
    __tracebackhide__ = True
    for_reference, kept = copy.deepcopy((arguments, named)), copy.deepcopy((arguments, named))
    expected: Any = None
    refusal: Exception | None = None
    try:
        expected = _done(reference(*for_reference[0], **for_reference[1]))
    except Exception as error:
        refusal = error
    if refusal is not None:
        _compare_refusals(lambda: _done(function(*arguments, **named)), refusal)
        return
    yours = _done(function(*arguments, **named))
    if told := disagreement(yours, expected):
        raise Disagreement(
            f"{told}\n  yours     {shown(yours, _ROOM)}\n  expected  {shown(expected, _ROOM)}"
        )
    changed = disagreement((arguments, named), kept)
    if changed and not disagreement(for_reference, kept):
        raise Disagreement("your function changed its input")


def _compare_refusals(call: Callable[[], Any], refusal: Exception) -> None:
    __tracebackhide__ = True
    name = type(refusal).__name__
    try:
        yours = call()
    except Exception as error:
        if name in (kind.__name__ for kind in type(error).__mro__):
            return
        raise Disagreement(f"{type(error).__name__} is raised, {name} is expected") from error
    raise Disagreement(f"{name} is expected\n  yours     {shown(yours, _ROOM)}")


def _done(value: Any) -> Any:
    """Return what a generator yields as a list: its values are its result."""
    return list(value) if hasattr(value, "__next__") else value


def _call(name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> str:
    parts = [shown(value, _ROOM) for value in arguments]
    parts += [f"{key}={shown(value, _ROOM)}" for key, value in named.items()]
    return f"{name}({', '.join(parts)})"
