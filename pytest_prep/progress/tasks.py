"""Tasks of a plan against the record: how much of each is done, what it needs, what to type."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from pytest_prep.content.plan import Plan, Task
from pytest_prep.progress.collection import LEVELS, KataFacts
from pytest_prep.progress.state import Record
from pytest_prep.progress.work import (
    CARD_MINUTES,
    MOCK_KINDS,
    OTHER_MINUTES,
    Shelf,
    Slot,
    Work,
    level_minutes,
    ticked_minutes,
)


def works_of(plan: Plan, shelf: Shelf, record: Record, today: str) -> tuple[Work, ...]:
    """Return every task of the plan as it stands."""
    return tuple(_Assessor(plan, shelf, record, today).works())


class _Assessor:
    """Goes through a plan in order; what one task takes, a later one does not take again."""

    def __init__(self, plan: Plan, shelf: Shelf, record: Record, today: str) -> None:
        self._plan = plan
        self._shelf = shelf
        self._record = record
        self._today = today
        tasks = [task for block in plan.blocks for task in block.tasks]
        named = {task.ref for task in tasks if task.do == "kata"}
        named.update(name for katas in plan.lists.values() for name in katas)
        #: Katas that no pick takes: another task names them, or a pick before has them.
        self._taken = set(named)
        self._cards = Counter(card.deck for card in record.cards.values())
        self._old_cards = Counter(c.deck for c in record.cards.values() if c.first_on < today)
        alone = {task.ref for task in tasks if task.do in ("scenario", "case", "say")}
        mocks = [mock for mock in record.mocks if mock.script not in alone]
        self._mocks = Counter(mock.kind for mock in mocks)
        self._old_mocks = Counter(mock.kind for mock in mocks if mock.day < today)

    def works(self) -> Iterator[Work]:
        place = 0
        for block in self._plan.blocks:
            for task in block.tasks:
                place += 1
                handle = self._handlers.get(task.do, _Assessor._tick)
                yield handle(self, Slot(task, block, place))

    # -- a method a kind of task

    def _kata(self, slot: Slot) -> Work:
        return self._of_katas(slot, (slot.task.ref,))

    def _list(self, slot: Slot) -> Work:
        return self._of_katas(slot, self._plan.lists.get(slot.task.ref, ()))

    def _of_katas(self, slot: Slot, names: tuple[str, ...]) -> Work:
        here = tuple(self._shelf.katas[name] for name in names if name in self._shelf.katas)
        absent = tuple(name for name in names if name not in self._shelf.katas)
        missing = "" if here else f"{self._shelf.absent}: {', '.join(absent)}"
        return self._solving(slot, here, absent=absent, missing=missing)

    def _stage(self, slot: Slot) -> Work:
        """Return the rounds of a project: katas with ids such as ``stage-hotel-deals-2``."""
        task = slot.task
        names = tuple(f"{task.ref}-{number}" for number in task.rounds)
        here = tuple(self._shelf.katas[name] for name in names if name in self._shelf.katas)
        absent = () if here else (task.ref,)
        missing = "" if here else f"{self._shelf.absent}: {task.ref}"
        return self._solving(slot, here, absent=absent, missing=missing)

    def _pick(self, slot: Slot) -> Work:
        task = slot.task
        fitting = [kata for kata in self._shelf.katas.values() if _fits(kata, task)]
        free = [kata for kata in fitting if kata.id not in self._taken]
        states = self._record.katas
        before = {
            kata.id: states[kata.id].solved_on
            for kata in free
            if kata.id in states and "" < states[kata.id].solved_on < self._today
        }
        solved = sorted((k for k in free if k.id in before), key=lambda k: (before[k.id], k.id))
        old = solved[: task.count]
        new = sorted(
            (kata for kata in free if kata.id not in before),
            key=lambda kata: self._pick_order(kata, task),
        )[: task.count - len(old)]
        new = self._with_others_solved_today(new, free)
        self._taken.update(kata.id for kata in (*old, *new))
        found = len(old) + len(new)
        missing = ""
        if found < task.count:
            what = " ".join(filter(None, (task.level, task.area)))
            missing = f"{task.count - found} of {task.count} {what} {self._shelf.absent}"
        return self._solving(slot, tuple(new), done=len(old), missing=missing)

    def _with_others_solved_today(
        self, chosen: list[KataFacts], free: list[KataFacts]
    ) -> list[KataFacts]:
        """Return the choice with katas solved today, that fit too, in place of unsolved ones."""
        states = self._record.katas
        today = {name for name, state in states.items() if state.solved_on == self._today}
        others = [kata for kata in free if kata.id in today and kata not in chosen]
        kept = list(chosen)
        for other in others:
            still_open = [kata for kata in kept if kata.id not in today]
            if still_open:
                kept[kept.index(still_open[-1])] = other
        return kept

    def _pick_order(self, kata: KataFacts, task: Task) -> tuple[int, int, int, str]:
        level = LEVELS.index(kata.level) if kata.level in LEVELS else len(LEVELS)
        weak = self._weak(kata.topics) if task.order == "weakest-first" else 0
        return weak, level, kata.minutes, kata.id

    def _solving(
        self,
        slot: Slot,
        katas: tuple[KataFacts, ...],
        *,
        done: int = 0,
        absent: tuple[str, ...] = (),
        missing: str = "",
    ) -> Work:
        """Return a task of solving ``katas``, where ``done`` others count already."""
        task, of = slot.task, done + len(katas)
        states = self._record.katas
        solved = {k.id: states[k.id].solved_on for k in katas if k.id in states}
        open_ = [kata for kata in katas if not solved.get(kata.id)]
        at_start = [k for k in katas if not solved.get(k.id) or solved[k.id] >= self._today]
        weak = min((self._weak(kata.topics) for kata in open_), default=99)
        per_kata = task.minutes / max(len(katas), 1) if task.minutes else None
        return Work(
            slot=slot,
            size=sum(per_kata or level_minutes(kata.level) for kata in katas)
            + done * level_minutes(task.level),
            at_start=sum(per_kata or level_minutes(kata.level) for kata in at_start),
            left=sum(per_kata or level_minutes(kata.level) for kata in open_),
            done=done + len(katas) - len(open_),
            of=of,
            katas=katas,
            absent=absent,
            missing=missing,
            command=_command(open_),
            weak=weak,
            was_done=done + len(katas) - len(at_start) >= of,
        )

    def _new_cards(self, slot: Slot) -> Work:
        task = slot.task
        size = self._shelf.decks.get(task.deck, 0)
        before = min(task.new, self._old_cards[task.deck])
        done = min(task.new, self._cards[task.deck])
        self._old_cards[task.deck] -= before
        self._cards[task.deck] -= done
        of = task.new if size else done
        # a deck that is smaller than the plan thinks is done when all of it was seen
        left_in_deck = max(size - sum(c.deck == task.deck for c in self._record.cards.values()), 0)
        of = min(of, done + left_in_deck)
        missing = "" if size else f"not in this collection yet: the deck {task.deck}"
        per_card = task.minutes / task.new if task.minutes else CARD_MINUTES
        return Work(
            slot=slot,
            size=of * per_card,
            at_start=max(of - before, 0) * per_card,
            left=max(of - done, 0) * per_card,
            done=done,
            of=of,
            absent=() if size else (task.deck,),
            missing=missing,
            command=f"pytest --flash -k {shlex.quote(task.deck)} --flash-new {max(of - done, 0)}",
            weak=self._weak((task.deck,)),
            was_done=before >= of,
        )

    def _review(self, slot: Slot) -> Work:
        task = slot.task
        log = self._record.log(self._today)
        spent = sum(m for key, m in log.minutes.items() if key.startswith("card:"))
        limit = float(task.minutes or task.count * CARD_MINUTES or OTHER_MINUTES["review"])
        wanted = min(limit, (self._shelf.due + log.cards) * CARD_MINUTES)
        has_any = bool(self._shelf.due or log.cards)
        is_done = not self._shelf.due or spent >= limit or bool(0 < task.count <= log.cards)
        return Work(
            slot=slot,
            size=wanted,
            at_start=wanted,
            left=0.0 if is_done else max(wanted - spent, 0.0),
            done=int(is_done and has_any),
            of=int(has_any),
            missing="" if has_any else "no card is due",
            command="pytest --flash",
        )

    def _mock(self, slot: Slot) -> Work:
        task = slot.task
        kind = MOCK_KINDS.get(task.ref, task.ref)
        before, done = self._old_mocks[kind] > 0, self._mocks[kind] > 0
        self._old_mocks[kind] -= before
        self._mocks[kind] -= done
        script = self._shelf.scripts.get(kind, "")
        minutes = float(task.minutes or OTHER_MINUTES["mock"])
        return Work(
            slot=slot,
            size=minutes if script else 0.0,
            at_start=0.0 if before or not script else minutes,
            left=0.0 if done or not script else minutes,
            done=int(done),
            of=int(bool(script) or done),
            absent=() if script else (task.ref,),
            missing="" if script else f"{self._shelf.absent}: an interview of kind {kind}",
            command=self._mock_command(task, script) if script else "",
            weak=self._weak((kind,)),
            was_done=before or not script,
        )

    def _mock_command(self, task: Task, script: str) -> str:
        command = ["pytest", "--mock", script]
        if task.area and any(kata.track == task.area for kata in self._shelf.katas.values()):
            root = next(k.path for k in self._shelf.katas.values() if k.track == task.area)
            command.append(root.partition(f"/{task.area}/")[0] + f"/{task.area}")
        if task.level:
            command += ["--mock-level", task.level]
        if task.minutes:
            command += ["--duration", f"{task.minutes}m"]
        return " ".join(command)

    def _alone(self, slot: Slot) -> Work:
        """Return what is held as an interview of its own, or ticked."""
        task = slot.task
        held = (mock.day for mock in self._record.mocks if mock.script == task.ref)
        work = self._tick(slot, min(held, default=""))
        script = self._shelf.scripts.get(task.ref)
        if script:
            return replace(work, command=self._mock_command(task, script))
        missing = "" if task.do == "say" else f"not in this collection yet: {task.ref}"
        return replace(work, missing=missing)

    def _setup(self, slot: Slot) -> Work:
        """Return the first step: whatever was recorded shows that it works."""
        days = self._record.days
        return self._tick(slot, days[0].day if days else "")

    def _tick(self, slot: Slot, recorded: str = "") -> Work:
        """Return a task that is ticked; ``recorded`` is the day on which the record had it done."""
        task = slot.task
        day = self._record.ticks.get(task.key) or recorded
        minutes = float(task.minutes or ticked_minutes(task))
        return Work(
            slot=slot,
            size=minutes,
            at_start=0.0 if "" < day < self._today else minutes,
            left=0.0 if day else minutes,
            done=int(bool(day)),
            of=1,
            was_done="" < day < self._today,
        )

    _handlers: Mapping[str, Callable[[_Assessor, Slot], Work]] = {
        "kata": _kata, "list": _list, "stage": _stage, "pick": _pick, "cards": _new_cards,
        "review": _review, "mock": _mock, "setup": _setup,
        "scenario": _alone, "case": _alone, "say": _alone,
    }  # fmt: skip

    def _weak(self, names: tuple[str, ...]) -> int:
        weak = self._shelf.weak
        return min((weak.index(name) for name in names if name in weak), default=99)


def _fits(kata: KataFacts, task: Task) -> bool:
    """Tell whether a kata may be picked: by its track or folder, its level, one of the topics."""
    area = task.area.replace("-", "_")
    inside = area in {folder.replace("-", "_") for folder in kata.folders}
    topics = not task.topics or bool(set(task.topics) & set(kata.topics))
    return inside and topics and task.level in ("", kata.level)


def _command(katas: list[KataFacts]) -> str:
    """Return the command for the first kata: one at a time is how they are solved."""
    return f"pytest {shlex.quote(katas[0].path)}" if katas else ""
