"""The dashboard as Markdown, fit for the summary of a CI job."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pytest_prep.progress.stats import Overview
from pytest_prep.progress.steps import Step
from pytest_prep.report.glyphs import (
    UNICODE,
    count,
    day_text,
    days_left_text,
    minutes_text,
    plain,
)

#: What Markdown and the HTML in it would take for something else than itself.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&-])")
_BAR = 20


def as_markdown(view: Overview, steps: tuple[Step, ...], plan: tuple[tuple[str, str], ...]) -> str:
    """Return the dashboard as GitHub-flavoured Markdown."""
    return "\n".join(_lines(view, steps, plan)) + "\n"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", plain(text))


def _lines(
    view: Overview, steps: tuple[Step, ...], plan: tuple[tuple[str, str], ...]
) -> Iterator[str]:
    yield f"# Practice on {day_text(view.today, weekday=True)}"
    yield ""
    if view.days_left is not None:
        yield f"{days_left_text(view.days_left).capitalize()} ({day_text(view.interview)})."
        yield ""
    if view.narrowed:
        yield f"The {count(view.katas.total, 'selected kata')} only."
        yield ""
    yield from _table(
        ("", "solved", "", "by level"),
        (
            (
                "&nbsp;&nbsp;" * share.depth + escaped(share.name),
                f"{share.done} of {share.total}",
                "`" + "".join(UNICODE.bar(share.done, share.total, _BAR)) + "`",
                ", ".join(f"{level} {done}/{total}" for level, done, total in share.levels),
            )
            for share in (view.katas, *view.areas)
        ),
    )
    yield from _table(("", ""), _figures(view))
    if view.weak:
        yield "## Weak, and why"
        yield ""
        yield from _table(
            ("", "", "why"),
            ((weak.kind, escaped(weak.name), "; ".join(weak.reasons)) for weak in view.weak),
        )
    tried = [topic for topic in view.topics if topic.attempts]
    if tried:
        yield "## Attempts accepted, by topic"
        yield ""
        yield from _table(
            ("topic", "accepted", ""),
            (
                (
                    escaped(topic.name),
                    f"{topic.accepted} of {topic.attempts}",
                    "`" + "".join(UNICODE.bar(topic.accepted, topic.attempts, _BAR)) + "`",
                )
                for topic in tried
            ),
        )
    if plan:
        yield "## Plan"
        yield ""
        yield from _table(("", ""), ((escaped(label), escaped(text)) for label, text in plan))
    if steps:
        yield "## Next"
        yield ""
        for number, step in enumerate(steps, 1):
            command = plain(step.command).replace("`", "'")
            yield f"{number}. {escaped(step.text)}: `{command}`"


def _figures(view: Overview) -> Iterator[tuple[str, str]]:
    cards, mocks, time = view.cards, view.mocks, view.time
    if cards and cards.seen and cards.recall is not None:
        total = f" of {cards.total}" if cards.total else ""
        yield "cards", f"{cards.seen}{total} seen, recall {100 * cards.recall:.0f} %"
    if mocks:
        average = f", average {mocks.average:.0f} of 100" if mocks.average is not None else ""
        yield "mock interviews", f"{mocks.count}{average}"
    yield "time today", f"{minutes_text(time.today)} of {minutes_text(time.goal)}"
    areas = ", ".join(f"{escaped(area)} {minutes_text(total)}" for area, total, _ in time.areas)
    yield "time in total", minutes_text(time.total) + (f": {areas}" if areas else "")
    if not view.narrowed:
        yield "streak", f"{count(view.streak.days, 'day')}, longest {view.streak.longest}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
