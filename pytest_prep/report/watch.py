"""What ``--watch`` shows: one kata's verdict, what comes next, the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_prep.content.case import GENERATED
from pytest_prep.judging.verdict import WORDS, Status, Verdict
from pytest_prep.report.terminal import COLOURS, LISTED, VerdictRepr, one_line, shortened, why

if TYPE_CHECKING:
    from _pytest._io import TerminalWriter

    from pytest_prep.recorder import KataRecord


@dataclass(frozen=True)
class Account:
    """What pytest tells of one failed case beside its verdict."""

    #: The file that was judged.
    answer: str
    #: Its own account, as it is to be shown; "" where the verdict says all.
    text: str = ""
    #: What was printed meanwhile: headings and texts.
    sections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """One kata in the list, or the one to turn to."""

    #: The verdict that speaks for it, None before it was judged.
    status: Status | None
    #: Its folder as it is to be typed.
    path: str
    title: str
    level: str
    minutes: int
    #: The answer's file name.
    answer: str


def show_verdict(
    tw: TerminalWriter, record: KataRecord, accounts: Mapping[str, Account], *, settled: bool
) -> None:
    """Write the verdict on a kata: the first rejected case in full, a line for each other.

    What matters most comes first: a screen may have no room for all of it. ``settled`` is whether
    the verdict can change no more.
    """
    tw.line(f"{record.path}  {record.title}"[: max(tw.fullwidth - 1, 20)], bold=True)
    summary(tw, record, settled=settled)
    tw.line()
    rejected = {name: v for name, v in record.cases.items() if v.status not in ("accepted", "todo")}
    if rejected:
        first = next(name for name, v in rejected.items() if v.status == record.status)
        # The smallest data on which an answer is wrong says most.
        in_full = {first, *rejected} & {first, GENERATED}
        for name in sorted(in_full, key=list(rejected).index):
            show_case(tw, record, name, rejected.pop(name), accounts[name])
            tw.line()
        for name, verdict in list(rejected.items())[:LISTED]:
            tw.line(shortened(f"{name}: {one_line(verdict)}", tw.fullwidth - 1))
        if len(rejected) > LISTED:
            tw.line(f"… and {len(rejected) - LISTED} more")


def show_case(
    tw: TerminalWriter, record: KataRecord, name: str, verdict: Verdict, account: Account
) -> None:
    """Write what is wrong on one case."""
    if account.text:
        # pytest's own account comes to the point at its end.
        tw.line(shortened(f"case {name}: {verdict.summary}", tw.fullwidth - 1))
        tw.write(account.text)
    else:
        tw.line(f"case {name}")
        VerdictRepr(verdict, f"{record.path}/{account.answer}").toterminal(tw)
    for heading, text in account.sections:
        tw.line(f"{heading}:")
        tw.line(text.rstrip("\n"))


def show_found(tw: TerminalWriter, record: KataRecord, accounts: Mapping[str, Account]) -> bool:
    """Write what the search for a counterexample came to; tell whether it changed anything."""
    found = record.cases.get(GENERATED)
    if found is None or (found.accepted and record.status != "accepted"):
        return False
    summary(tw, record, settled=True)
    if not found.accepted:
        show_case(tw, record, GENERATED, found, accounts[GENERATED])
    return True


def summary(tw: TerminalWriter, record: KataRecord, *, settled: bool) -> None:
    """Write the verdict that speaks for a kata, and how its cases went."""
    status = record.status
    if not settled and status == "accepted":
        tw.write("accepted so far", green=True)
        tw.line(f"  {why(record)}; looking for data on which it is wrong …")
        return
    tw.write(WORDS[status], bold=True, **{COLOURS.get(status, "red"): True})
    right = sum(1 for verdict in record.cases.values() if verdict.accepted)
    if status in ("accepted", "todo"):
        tw.line(f"  {why(record)}")
    else:
        so_far = "" if settled else " so far"
        tw.line(f"  {right} of {len(record.cases)} cases accepted{so_far}")


def one_kata(tw: TerminalWriter, record: KataRecord) -> None:
    """Write a kata's verdict in one line."""
    tw.write(f"{WORDS[record.status]:<12}", **{COLOURS.get(record.status, "red"): True})
    tw.line(shortened(f"  {record.path}  {why(record)}", max(tw.fullwidth - 13, 40)))


def show_task(tw: TerminalWriter, line: Line) -> None:
    """Write which kata to turn to, and where its files are."""
    if line.status in (None, "todo"):
        facts = f" ({line.level}, {line.minutes} minutes)" if line.level else ""
        tw.line(f"next: {line.title}{facts}", bold=True)
        tw.line(f"      read   {Path(line.path, 'README.md')}")
        tw.line(f"      write  {Path(line.path, line.answer)}")
    else:
        tw.line(f"next: {WORDS[line.status]}: {Path(line.path, line.answer)}", bold=True)


def show_list(tw: TerminalWriter, lines: Iterable[Line]) -> None:
    """Write all katas with their verdicts, those to do last."""
    for line in sorted(lines, key=lambda line: line.status == "todo"):
        words = WORDS[line.status] if line.status else "not judged"
        paint = {COLOURS.get(line.status, "red"): True} if line.status else {}
        tw.write(f"{words:<12}", **paint)
        level = f"  {line.level}" if line.level else ""
        tw.line(f"  {line.path}{level}")


def counts(statuses: Iterable[Status | None]) -> str:
    """Return how many katas have which verdict, in one line."""
    known = list(statuses)
    parts = [f"{known.count(s)} {words}" for s, words in WORDS.items() if s in known]
    if None in known:
        parts.append(f"{known.count(None)} not judged yet")
    return f"{len(known)} kata{'s' if len(known) != 1 else ''}: {' · '.join(parts)}"
