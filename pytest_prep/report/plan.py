"""Today's plan in the terminal: blocks, tasks with their commands, minutes, what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rich.console import Console, ConsoleRenderable
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pytest_prep.content.plan import Plan
from pytest_prep.progress.plan_progress import TargetState, tasks_done
from pytest_prep.progress.schedule import DayPlan
from pytest_prep.progress.state import MockState
from pytest_prep.progress.work import Work
from pytest_prep.report.dashboard import Page, print_all
from pytest_prep.report.glyphs import (
    Glyphs,
    count,
    day_text,
    days_left_text,
    minutes_text,
    plain,
)
from pytest_prep.report.plan_words import title_of

#: Katas of a task that are named beside the first one's command, and days that are looked ahead.
NAMED, AHEAD = 4, 3


@dataclass(frozen=True, slots=True)
class DayView:
    """What there is to show of a day."""

    day: DayPlan
    #: The study day.
    today: str
    targets: tuple[TargetState, ...]
    #: What is weak, the weakest first.
    weak: tuple[str, ...]
    #: Keys that were ticked.
    ticks: frozenset[str]


def show_day(console: Console, glyphs: Glyphs, view: DayView) -> None:
    """Print what a plan asks of a day."""
    page = Page(min(console.width, 100), glyphs)
    print_all(console, page, _parts(view))


def show_actions(console: Console, glyphs: Glyphs, mocks: Sequence[MockState]) -> None:
    """Print what the last mock interview that left action items left."""
    actions = next((mock.actions for mock in reversed(mocks) if mock.actions), ())
    if actions:
        page = Page(min(console.width, 100), glyphs)
        told = "".join(f"\n- {plain(action)}" for action in actions)
        print_all(console, page, [Text(f"\nfrom your last mock interview, to work on:{told}")])


def show_plans(console: Console, glyphs: Glyphs, plans: Iterable[Plan], today: str) -> None:
    """Print the plans there are, and how to choose one."""
    page = Page(min(console.width, 100), glyphs)
    print_all(console, page, _plans(plans, today))


def _plans(plans: Iterable[Plan], today: str) -> Iterator[ConsoleRenderable]:
    yield Text(day_text(today, weekday=True), style="bold")
    yield Text("\nNo plan is chosen yet. There are:\n")
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column()
    for plan in plans:
        hours = sum(block.minutes[1] for block in plan.blocks) / 60
        length = count(plan.days, "day") if plan.days else "by the clock"
        if plan.days is None and plan.anchor != "clock":
            length = "your own days"
        text = f"{plan.title}, {length}"
        if plan.anchor != "clock":
            text += f", up to {hours:.0f} h"
        table.add_row(Text(f"  {plan.id}", style="cyan"), Text(plain(text)))
    yield table
    yield Text("\nchoose one, with the date of the interview", style="bold")
    yield Text("  pytest --plan four-weeks --plan-interview 2026-12-31", style="cyan")


def _parts(view: DayView) -> Iterator[ConsoleRenderable]:
    day = view.day
    yield from _head(day, view.today)
    if day.position.day is not None and day.position.day < 1:
        yield from _before_its_days(day, view.today)
    if view.weak:
        names = ", ".join(map(plain, view.weak[:5]))
        yield Text(f"weak so far, put first: {names}", style="yellow")
    if day.review:
        yield Text("")
        yield _works([day.review])
    for part in day.blocks:
        least, most = part.block.minutes
        title = Text(f"\n{plain(part.block.name)}", style="bold")
        if part.block.theme:
            title.append(f" · {plain(part.block.theme)}", style="not bold")
        span = minutes_text(most) if least == most else f"{least} to {most} min"
        if day.position.day is not None:
            title.append(f" · {span}", style="dim")
        if part.over >= 1:
            title.append(f" · {minutes_text(part.over)} too much", style="yellow")
        yield title
        yield _works(part.works)
        for key, question in part.block.questions:
            yield _question(key, question, key in view.ticks)
    if day.from_pool:
        yield Text("\nleft from days before", style="bold")
        yield _works(day.from_pool)
    yield from _rest(day)
    yield from _foot(day, view.targets, view.ticks)


def _head(day: DayPlan, today: str) -> Iterator[Text]:
    plan, position = day.plan, day.position
    title = Text(day_text(today, weekday=True), style="bold")
    title.append(f" · {plain(plan.title)}")
    yield title
    facts = []
    if position.day is not None and plan.days is not None:
        if position.day < 1:
            facts.append(f"begins in {count(1 - position.day, 'day')}")
        elif position.day <= plan.days:
            facts.append(f"day {position.day} of {plan.days}")
        else:
            facts.append("its days are over")
    if position.days_left is not None:
        facts.append(days_left_text(position.days_left))
    else:
        facts.append("no date of the interview yet: --plan-interview 2026-12-31")
    asked = "asked for" if position.day is not None else "left in all"
    facts.append(f"{minutes_text(day.available)} today, {minutes_text(day.needed)} {asked}")
    yield Text(" · ".join(facts))


def _before_its_days(day: DayPlan, today: str) -> Iterator[Text]:
    """Say why nothing is asked for, and how to begin all the same."""
    assert day.position.day is not None
    first = date.fromisoformat(today) + timedelta(1 - day.position.day)
    yield Text(f"\nIts first day is {day_text(first.isoformat())}. Until then it asks for nothing.")
    task = next((work for work in day.works if work.command and work.of and not work.is_done), None)
    if task is not None:
        yield Text("What you do before counts; to begin now:")
        yield Text(f"  {plain(task.command)}", style="cyan")


def _works(works: Iterable[Work]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for work in works:
        mark = "[x]" if work.of and work.is_done else "[ ]" if work.of else " - "
        style = "green" if mark == "[x]" else "dim" if not work.of else ""
        text = Text(plain(_title(work)), style=style)
        if work.of > 1:
            text.append(f" · {work.done} of {work.of}", style="dim")
        if work.task.optional:
            text.append(" · if you like", style="dim")
        if work.missing and not work.of:
            text.append(f" ({plain(work.missing.partition(':')[0])})", style="dim")
        elif work.missing:
            text.append(f"\n{plain(work.missing)}", style="dim")
        if not work.is_done:
            text.append_text(_how(work))
        left = minutes_text(work.left) if work.left and not work.is_done else ""
        table.add_row(Text(f"  {mark}", style=style), text, left)
    return table


def _title(work: Work) -> str:
    if work.task.do == "kata" and work.katas:
        return f"{work.katas[0].title} ({work.katas[0].level})"
    return title_of(work.task)


def _how(work: Work) -> Text:
    """Return what to type, and the katas that come after."""
    text = Text()
    if work.command:
        text.append(f"\n{plain(work.command)}", style="cyan")
    if work.ticked:
        when = "done without it" if work.command else "when done"
        text.append(f"\n{when}: pytest --plan --plan-done {work.task.key}", style="cyan")
    names = [kata.path.rpartition("/")[2] for kata in work.katas if f" {kata.path}" not in (
        f" {work.command.removeprefix('pytest ')}")]  # fmt: skip
    if names and work.of - work.done > 1:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        text.append(f"\nwith it: {', '.join(map(plain, names[:NAMED]))}{more}", style="dim")
    return text


def _question(key: str, question: str, ticked: bool) -> Padding:
    text = Text(f"{'[x]' if ticked else '[?]'} {plain(question)}", style="dim")
    if not ticked:
        text.append(f"\n    yes: pytest --plan --plan-done {key}", style="dim cyan")
    return Padding(text, (0, 0, 0, 2))


def _rest(day: DayPlan) -> Iterator[ConsoleRenderable]:
    if day.not_fitting:
        over = sum(work.at_start for work in day.not_fitting)
        what = "today" if day.position.day is not None else "the days that are left"
        yield Text(f"\ndoes not fit into {what}: {minutes_text(over)}", style="bold yellow")
        table = Table.grid(padding=(0, 1))
        table.add_column(ratio=1)
        table.add_column(justify="right", no_wrap=True)
        shown = day.not_fitting[:6]
        for work in shown:
            table.add_row(f"  {plain(_title(work))}", minutes_text(work.at_start))
        if len(day.not_fitting) > len(shown):
            table.add_row(f"  and {count(len(day.not_fitting) - len(shown), 'task')} more", "")
        yield table
        for number, choice in enumerate(day.choices, 1):
            yield Padding(Text(f"[{number}] {plain(choice)}"), (0, 0, 0, 2))
    if day.held_back:
        names = ", ".join(plain(_title(work)) for work in day.held_back[:NAMED])
        more = f" and {len(day.held_back) - NAMED} more" if len(day.held_back) > NAMED else ""
        yield Text(f"\nnothing new on the last day; held back: {names}{more}", style="dim")
    if day.waiting:
        minutes = minutes_text(sum(work.at_start for work in day.waiting))
        text = f"\nwaiting from days before: {count(len(day.waiting), 'task')}, {minutes}"
        yield Text(text, style="dim")


def _foot(
    day: DayPlan, targets: tuple[TargetState, ...], ticks: frozenset[str]
) -> Iterator[ConsoleRenderable]:
    over = [(number, needs, has) for number, needs, has in day.ahead if needs or has]
    if over:
        yield Text("\nahead", style="bold")
        for number, needs, has in over[:AHEAD]:
            line = Text(f"  day {number}: {minutes_text(needs)} of {minutes_text(has)}")
            if needs > has:
                line.append(f", {minutes_text(needs - has)} too much", style="yellow")
            yield line
        if len(over) > AHEAD:
            much = sum(needs > has for _, needs, has in over[AHEAD:])
            full = f", {much} of them too full" if much else ""
            yield Text(f"  {count(len(over) - AHEAD, 'day')} more{full}")
    if targets:
        number = min((t.day for t in targets if t.day >= (day.position.day or 1)), default=0)
        of_day = [target for target in targets if target.day == number]
        counts = (f"{t.name.replace('_', ' ')} {t.have}/{t.want}" for t in of_day)
        if of_day:
            yield Text(f"\ntarget for the end of day {number}: {', '.join(counts)}")
    if day.plan.ready and day.position.is_last:
        yield Text("\nready when", style="bold")
        for key, question in day.plan.ready:
            yield _question(key, question, key in ticks)
    done, total = tasks_done(day.works)
    absent = sum(bool(work.missing) and not work.of for work in day.works)
    text = f"\n{done} of {total} tasks of the plan are done"
    if absent:
        text += f"; {absent} more ask for what is not in this collection yet"
    yield Text(text)
