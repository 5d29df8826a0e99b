"""``--review``: how the selected answers are written, with a score, recorded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.answer import read_text, unreadable
from pytest_prep.content.case import case_of
from pytest_prep.content.errors import ContentError
from pytest_prep.judging.review import Review, Surroundings, review
from pytest_prep.judging.verdict import WORDS, Verdict, gravest
from pytest_prep.modes.chosen import NOTHING, chosen_katas, command_for, record_of
from pytest_prep.nodes import KataDir
from pytest_prep.patience import patiently
from pytest_prep.progress.events import REVIEW
from pytest_prep.report.page import Page
from pytest_prep.report.review import show_review

if TYPE_CHECKING:
    from pytest_prep.practice import Practice


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Review the answer of each selected kata that is begun."""
    page = Page(plain=practice.settings.plain)
    if not items:
        page.line(NOTHING)
        return int(pytest.ExitCode.NO_TESTS_COLLECTED)
    least = practice.settings.review_fail_under
    todo: list[KataDir] = []
    low: list[str] = []
    reviewed = 0
    with record_of(practice) as record:
        for folder in chosen_katas(items):
            own = [item for item in items if item.getparent(KataDir) is folder]
            verdicts, made = _review(practice, folder, own)
            if _is_todo(verdicts, made):
                todo.append(folder)
                continue
            if reviewed:
                page.line()
            reviewed += 1
            told = WORDS[gravest([v.status for v in verdicts.values()])] if verdicts else ""
            show_review(page, made, f"{folder.kata.title} · {folder.nodeid}", told)
            if made.score is not None:
                record.write(REVIEW, kata=folder.kata.id, score=made.score)
            if least is not None and (made.score is None or made.score < least):
                low.append(folder.nodeid)
    if todo:
        page.line()
        if len(todo) == 1 and not reviewed:
            page.line(f"{todo[0].nodeid} is to do: nothing to review; {command_for(todo[0])}")
        else:
            page.line(f"still to do, nothing to review: {len(todo)}")
    if low:
        page.line()
        page.line(f"below {least:g}: {', '.join(low)}")
    return 1 if low else 0


def _is_todo(verdicts: dict[str, Verdict], made: Review) -> bool:
    return made.problem == "still the starter" or (
        bool(verdicts) and all(verdict.status == "todo" for verdict in verdicts.values())
    )


def _review(
    practice: Practice, folder: KataDir, items: list[pytest.Item]
) -> tuple[dict[str, Verdict], Review]:
    """Judge an answer on the selected cases, and review it."""
    kata = folder.kata
    path = practice.answer_of(kata)
    try:
        text = read_text(path)
    except ContentError as error:
        return {}, Review(kata.id, None, (), (), unreadable(path, error))
    cache = practice.settings.root / ".prep" / "review"
    if kata.sql:
        judged = {}
        for item in items:
            case = case_of(kata, item.name)
            judged[case.name] = patiently(
                folder, case.name, partial(practice.judge.judge, kata, path, case)
            )
        if problem := _invalid(judged):
            return judged, Review(kata.id, None, (), (), problem)
        around = Surroundings(
            judge=practice.judge, translator=practice.translator, verdicts=judged, cache=cache
        )
        return judged, review(kata, text, around)
    from pytest_prep.modes.covering import covered_by

    judged = _tested(folder, items)
    if problem := _invalid(judged):
        return judged, Review(kata.id, None, (), (), problem)
    # what takes too long would take longer still while it is measured
    quick = [i for i in items if i.name in judged and judged[i.name].status != "time_limit"]
    covered = covered_by(lambda: _run_again(practice, folder, quick), path)
    fork = practice.settings.isolation == "fork"
    return judged, review(
        kata, text, Surroundings(verdicts=judged, covered=covered, fork=fork, cache=cache)
    )


def _invalid(verdicts: dict[str, Verdict]) -> str:
    """Return why an answer is invalid, "" where it is not: a score of it would say nothing."""
    first = next((v for v in verdicts.values() if v.status == "invalid"), None)
    if first is None:
        return ""
    return ": ".join(filter(None, (first.summary, first.detail.partition("\n")[0])))


def _tested(folder: KataDir, items: list[pytest.Item]) -> dict[str, Verdict]:
    """Run the tests of a Python kata without reporting them; return the verdict on each."""
    verdicts = {}
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        verdict = patiently(folder, item.name, partial(_verdict, item, following))
        if verdict is not None:
            verdicts[item.name] = verdict
    return verdicts


def _verdict(item: pytest.Item, following: pytest.Item | None) -> Verdict | None:
    from pytest_prep.isolation.isolated_tests import run_test

    told = [getattr(report, "prep", None) for report in run_test(item, following)]
    found = [Verdict.from_dict(prep["verdict"]) for prep in told if prep is not None]
    return found[-1] if found else None


def _run_again(practice: Practice, folder: KataDir, items: list[pytest.Item]) -> None:
    isolated = practice.config.pluginmanager.get_plugin("prep-isolated")
    if isolated is not None:
        # its children are forked from what measures now
        isolated.renew()
    _tested(folder, items)
    if isolated is not None:
        isolated.renew()
