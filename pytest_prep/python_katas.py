"""What happens around a test function of a Python kata: to do, the time budget, the verdict."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeGuard

import pytest

from pytest_prep.all_cases import note_collected
from pytest_prep.content.answer import is_starter, read_text, unreadable
from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import Kata
from pytest_prep.judging.budget import (
    REFERENCE_WALL,
    accepted,
    budget,
    judged_right,
    settle,
    wall_cap,
)
from pytest_prep.judging.judge import STOPPED, TODO
from pytest_prep.judging.plain import NotPlain
from pytest_prep.judging.python_answer import (
    DIFFERENCE,
    AnswerInvalid,
    line_in,
    load_answer,
    verdict_of_exception,
)
from pytest_prep.judging.values import disagreement
from pytest_prep.judging.verdict import Timing, Verdict
from pytest_prep.nodes import PRACTICE, VERDICT, KataDir, NotAccepted, conclude, from_root
from pytest_prep.practice import answer_path, kata_of

if TYPE_CHECKING:
    from pytest_prep.isolation.child_limits import TestChild

#: CPU seconds of the reference in the same test, and the budget that follows.
TIMING = pytest.StashKey[Timing]()
#: The child process that runs a test, there.
CHILD: pytest.StashKey[TestChild] = pytest.StashKey()
#: Wall-clock seconds a test below a folder may take, in place of its budget and unmeasured.
WALL_CAP = pytest.StashKey[float]()


class KataBroken(Exception):
    """The reference cannot be loaded, or does not pass the kata's own test."""


#: Exceptions that say all there is to say: no traceback beside them.
TOLD = (NotAccepted, AnswerInvalid, NotPlain, ContentError, KataBroken)


class PythonHooks:
    """The hooks around test functions of Python katas."""

    def __init__(self) -> None:
        """Start outside any test."""
        self._in_kata = False

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Keep what a kata's modules and classes hold: ``-k`` and node ids may select a part."""
        report = yield
        folder = collector.getparent(KataDir)
        if folder is not None and folder is not collector and report.passed:
            note_collected(folder, collector, report.result)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip the tests of an answer that is still the starter; in a child that is settled."""
        if CHILD not in item.config.stash and is_test(item) and is_to_do(item):
            conclude(item, TODO)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Hold a test to its time budget."""
        if is_test(item):
            self._in_kata = True
            try:
                return (yield from within_budget(item))
            finally:
                self._in_kata = False
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_assertrepr_compare(
        self, op: str, left: object, right: object
    ) -> Generator[None, list[list[str]], list[list[str]]]:
        """Say in one sentence in what two values differ, before pytest shows them."""
        explanations = yield
        if self._in_kata and op == "==" and explanations and explanations[0]:
            told = disagreement(left, right)
            if told:
                explanations[0].insert(1, f"{DIFFERENCE}{told}")
        return explanations


def is_test(item: pytest.Item) -> TypeGuard[pytest.Function]:
    """Tell whether an item is a test function of a Python kata."""
    return isinstance(item, pytest.Function) and item.getparent(KataDir) is not None


def is_to_do(item: pytest.Function) -> bool:
    """Tell whether the answer that a test judges is still the starter.

    Raises:
        AnswerInvalid: the answer cannot be read.
        ContentError: the starter cannot be read.
    """
    kata = kata_of(item)
    path = answer_path(item)
    try:
        text = read_text(path)
    except ContentError as error:
        raise AnswerInvalid(unreadable(path, error)) from None
    return path != kata.reference and is_starter(text, read_text(kata.starter), ".py")


def load_reference(kata: Kata, names: Iterable[str]) -> ModuleType:
    """Return the reference as a module.

    Raises:
        KataBroken: it cannot be loaded, or does not define ``names``.
    """
    __tracebackhide__ = True
    try:
        return load_answer(kata.reference, names)
    except Exception as error:
        detail = f"\n{error.detail}" if isinstance(error, AnswerInvalid) else ""
        raise KataBroken(f"{kata.reference}: {error}{detail}") from error


def within_budget(item: pytest.Function) -> Generator[None, Any, Any]:
    """Run the test with the reference, then with the answer under the budget that follows.

    The body runs at least twice with the same fixtures, or once where an earlier run has told what
    the reference takes. A breach is measured again before it counts (see :func:`settle`).
    """
    if "answer" not in item.funcargs:
        return (yield)
    cap = wall_cap_of(item)
    if cap is not None:
        _allow(item, cap)
        return (yield)
    child = item.config.stash.get(CHILD, None)
    earlier = child.earlier if child else None
    reference = earlier.cpu if earlier else _reference_seconds(item)
    factor = kata_of(item).budget.time
    limit = budget(reference, factor)
    # With a figure from elsewhere a stop is no verdict, so it need not wait as long.
    cap = limit if earlier else wall_cap(limit)
    item.stash[TIMING] = Timing(cap, reference, factor, limit, False)
    result, spent = yield from _with_answer(item)
    if item.config.stash[PRACTICE].settings.in_process:
        item.stash[TIMING] = Timing(spent, reference, factor, limit)
        return result
    with_answer = _body(item, item.funcargs["answer"])

    def again_answer() -> float:
        _allow(item, wall_cap(limit))
        return with_answer()

    timing = settle(spent, reference, factor, again_answer, lambda: _reference_seconds(item))
    item.stash[TIMING] = timing
    _allow(item, REFERENCE_WALL)
    verdict = judged_right(timing)
    if not verdict.accepted:
        conclude(item, verdict)
    return result


def _reference_seconds(item: pytest.Function) -> float:
    """Run the test with the reference; return its CPU seconds.

    Raises:
        KataBroken: the reference does not pass.
    """
    kata = kata_of(item)
    with_reference = _body(item, load_reference(kata, ()))
    _allow(item, REFERENCE_WALL)
    child = item.config.stash.get(CHILD, None)
    try:
        return child.measure(with_reference) if child else with_reference()
    except Exception as error:
        if answer_path(item) == kata.reference:
            raise
        raise KataBroken(f"{kata.reference} does not pass {item.name}: {error}") from error


def _with_answer(item: pytest.Function) -> Generator[None, Any, tuple[Any, float]]:
    """Run the test with the answer; return its result and CPU seconds."""
    timing = item.stash[TIMING]
    child = item.config.stash.get(CHILD, None)
    if child is not None:
        child.expect(timing)
    _allow(item, timing.answer)
    start = time.process_time()
    stopped: BaseException | None = None
    try:
        result = yield
    except (KeyboardInterrupt, pytest.exit.Exception) as error:
        if child is None:
            raise
        # Nobody interrupted it but itself.
        line = line_in(error.__traceback__, answer_path(item))
        conclude(item, Verdict("runtime_error", type(error).__name__, line=line))
    except pytest.fail.Exception as error:
        if not str(error).startswith("Timeout"):
            conclude_skipped(item, error)
            raise
        stopped = error
    except BaseException as error:
        conclude_skipped(item, error)
        raise
    if stopped is not None:
        # Outside the handler: a traceback cut off by a signal may lack line numbers, and pytest
        # cannot show such a one.
        line = line_in(stopped.__traceback__, answer_path(item))
        conclude(item, Verdict("time_limit", STOPPED, timing=timing, line=line))
    return result, time.process_time() - start


def conclude_skipped(item: pytest.Item, error: BaseException) -> None:
    """Reject an answer that skips the test which judges it, or calls its failure expected."""
    __tracebackhide__ = True
    skips = isinstance(error, (pytest.skip.Exception, pytest.xfail.Exception))
    if skips or type(error).__name__ == "SkipTest":
        line = line_in(error.__traceback__, answer_path(item))
        # A skip of the test's own is its author's decision.
        if line is not None:
            conclude(item, Verdict("runtime_error", "it skips the test that judges it", line=line))


def _allow(item: pytest.Function, wall: float) -> None:
    """Stop what comes next after so many seconds of wall-clock time.

    In a child its supervisor does it, else pytest-timeout, which stops the whole test.
    """
    child = item.config.stash.get(CHILD, None)
    if child is not None:
        child.allow(wall)
    elif item.config.pluginmanager.hasplugin("timeout") and (
        TIMING in item.stash or wall_cap_of(item) is not None
    ):
        item.add_marker(pytest.mark.timeout(wall, func_only=True), append=False)


def wall_cap_of(item: pytest.Item) -> float | None:
    """Return the seconds that stand in for the budget of the tests below a folder, if any."""
    for parent in item.iter_parents():
        if WALL_CAP in parent.stash:
            return parent.stash[WALL_CAP]
    return None


def python_verdict(
    item: pytest.Function, excinfo: pytest.ExceptionInfo[BaseException] | None, during: str
) -> Verdict:
    """Return the verdict on a test function whose phase ``during`` has decided it."""
    if excinfo is None:
        timing = item.stash.get(TIMING, None)
        return accepted(timing) if timing else Verdict("accepted")
    error = excinfo.value
    if VERDICT in item.stash:
        return item.stash[VERDICT]
    if isinstance(error, (KataBroken, ContentError)):
        summary, _, detail = str(error).partition("\n")
        return from_root(Verdict("kata_error", summary, detail), item.config.rootpath)
    if isinstance(error, pytest.fail.Exception):
        return Verdict("wrong_answer", str(error).split("\n")[0])
    verdict = verdict_of_exception(error, answer_path(item))
    if during == "setup" and verdict.line is None and verdict.status == "wrong_answer":
        # No test has called the answer yet.
        return replace(verdict, status="kata_error")
    return verdict


def _body(item: pytest.Function, answer: Any) -> Callable[[], float]:
    """Return a function that calls the test's body with ``answer`` and returns CPU seconds."""
    wanted = item._fixtureinfo.argnames
    arguments = {name: item.funcargs[name] for name in wanted}
    arguments["answer"] = answer

    def run() -> float:
        with contextlib.redirect_stdout(io.StringIO()):
            start = time.process_time()
            item.obj(**arguments)
            return time.process_time() - start

    return run
