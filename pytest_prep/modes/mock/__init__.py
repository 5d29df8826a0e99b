"""``--mock``: a mock interview with the selected katas."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_prep.content.duration import duration_text
from pytest_prep.content.errors import ContentError
from pytest_prep.modes.chosen import Record, chosen_katas, record_of
from pytest_prep.modes.mock.cards import CardChoices
from pytest_prep.modes.mock.clock import SystemClock
from pytest_prep.modes.mock.core import Interview, begin, go_on
from pytest_prep.modes.mock.desk import KataDesk
from pytest_prep.modes.mock.draw import Drawer, NothingToDraw, Wishes
from pytest_prep.modes.mock.items import Candidate
from pytest_prep.modes.mock.journal import (
    JOURNAL,
    AlreadyRunning,
    Journal,
    NotWritten,
    entries_of,
    only_one,
)
from pytest_prep.modes.mock.paper import Paper
from pytest_prep.modes.mock.past import Past, past_of
from pytest_prep.modes.mock.room import Room
from pytest_prep.modes.session import is_plain
from pytest_prep.modes.workspace import content
from pytest_prep.nodes import KataDir
from pytest_prep.progress.clock import now
from pytest_prep.progress.events import MOCK

if TYPE_CHECKING:
    from pytest_prep.content.interview import Script
    from pytest_prep.content.interviews import Library
    from pytest_prep.modes.mock.marking import Finished
    from pytest_prep.practice import Practice

#: pytest's exit code for an interruption.
_INTERRUPTED = 2


def run(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Draw an interview and play it."""
    with _told(practice), record_of(practice) as record:
        paper = _draw(practice, chosen_katas(items), record)
        folder = practice.settings.interviews / paper.id

        def start() -> Interview:
            before = _unfinished(practice.settings.interviews)
            if before is not None:
                sys.stdout.write(
                    f"{before.name} has no end yet: pytest --mock-resume goes on with it\n"
                )
            return begin(paper, Journal(folder), SystemClock(), _desk(practice, items))

        return _play(practice, folder, record, start)


def resume(practice: Practice, items: Sequence[pytest.Item]) -> int:
    """Go on with the interview that was interrupted last."""
    with _told(practice), record_of(practice) as record:
        folder = _unfinished(practice.settings.interviews)
        if folder is None:
            sys.stdout.write("no interview was interrupted; pytest --mock begins one\n")
            return 0
        entries = entries_of(folder)

        def start() -> Interview:
            interview = go_on(entries, Journal(folder), SystemClock(), _desk(practice, items))
            sys.stdout.write(f"going on with {folder.name}\n")
            return interview

        return _play(practice, folder, record, start)


def _play(practice: Practice, folder: Path, record: Record, start: Callable[[], Interview]) -> int:
    settings = practice.settings
    with only_one(settings.interviews):
        interview = start()
        past = past_of(record.events(MOCK))
        room = Room(settings, interview, folder, record.write_once, past)
        try:
            from pytest_prep.modes.mock.lines import Left, Lines
            from pytest_prep.modes.mock.typed import TypedLines
            from pytest_prep.report.page import Page

            plain = is_plain(asked=settings.plain)
            page = Page(plain=plain)
            _introduce(interview.state.paper, past, page.line)
            if plain:
                Lines(room, page, TypedLines()).play()
            else:
                for line in _on_screen(room).summary:
                    page.line(line)
        except (Left, KeyboardInterrupt):
            done = interview.state.phase == "done"
            rest = "the report is there" if done else "go on with: pytest --mock-resume"
            sys.stdout.write(f"\ninterrupted; nothing is lost ({room.shown_folder})\n{rest}\n")
            return _INTERRUPTED
        except NotWritten:
            sys.stdout.write("\ngo on with: pytest --mock-resume\n")
            raise
    return 0


def _on_screen(room: Room) -> Finished:
    """Play on a screen, to the report.

    Raises:
        Left: the candidate went away before.
    """
    from pytest_prep.modes.mock.lines import Left
    from pytest_prep.modes.mock.screen import InterviewApp

    app = InterviewApp(room)
    finished = app.run()
    if app.trouble is not None:
        raise app.trouble
    if finished is None:
        raise Left
    return finished


def _introduce(paper: Paper, past: Past, line: Callable[[str], None]) -> None:
    line(
        f"{paper.title} · {duration_text(paper.duration)} · pass mark of this script "
        f"{paper.pass_mark} · seed {paper.seed}"
    )
    if past.actions:
        line("to work on, from the last time:")
    for action in past.actions:
        line(f"- {action}")


def _draw(practice: Practice, folders: Sequence[KataDir], record: Record) -> Paper:
    from pytest_prep.content.interviews import load_library

    settings = practice.settings
    folder = settings.mock.folder
    # A workspace from before there were interviews plays those that come with the package.
    library = load_library(folder if folder.is_dir() else content() / "interviews")
    script = library.script(settings.mock.script)
    for error in library.errors:
        sys.stderr.write(f"{error}\n".replace(f"{settings.root}{os.sep}", ""))
    seed = settings.mock.seed
    wishes = Wishes(
        secrets.randbelow(10_000) if seed is None else seed,
        settings.mock.duration,
        settings.mock.level,
    )
    moment = _free_moment(settings.interviews, script.id)
    candidates = [_candidate(folder, record) for folder in folders]
    return Drawer(library, candidates, _choices(script, library, practice), wishes).paper(
        script, moment
    )


def _free_moment(interviews: Path, script: str) -> str:
    """Return the moment as part of a name that no interview has yet."""
    moment = now().strftime("%Y-%m-%dT%H-%M-%SZ")
    names = (moment, *(f"{moment}-{number}" for number in range(2, 1000)))
    return next(name for name in names if not (interviews / f"{name}-{script}").exists())


def _choices(script: Script, library: Library, practice: Practice) -> CardChoices:
    """Return the multiple-choice cards, read only where the script asks for some."""
    inner = [library.scripts[s.interview] for s in script.stages if s.kind == "interview"]
    if not any(stage.kind == "choice" for s in (script, *inner) for stage in s.stages):
        return CardChoices([])
    from pytest_prep.content.decks import Decks

    settings = practice.settings
    decks = Decks(settings.cards, settings.root, settings.cache)
    return CardChoices(list(decks.cards().values()))


def _candidate(folder: KataDir, record: Record) -> Candidate:
    from pytest_prep.content.answer import read_text

    kata = folder.kata
    standing = record.of(kata.id)
    turn = 2 if standing.accepted and not standing.hints else 1 if standing.last else 0
    root = folder.config.rootpath
    path = folder.path.relative_to(root).as_posix()
    readme = folder.path / "README.md"
    text = read_text(readme) if readme.exists() else kata.title
    return Candidate(kata, path, Path(path).parts[1], text, read_text(kata.starter), turn)


def _desk(practice: Practice, items: Sequence[pytest.Item]) -> KataDesk:
    katas = {folder.kata.id: folder.kata for folder in chosen_katas(items)}
    return KataDesk(practice.settings.root, practice.settings.kept_answers, katas)


def _unfinished(interviews: Path) -> Path | None:
    """Return the folder of the latest interview that has no end."""
    for path in sorted(interviews.glob(f"*/{JOURNAL}"), reverse=True):
        try:
            entries = entries_of(path.parent)
        except ContentError as error:
            sys.stderr.write(f"left out: {path.parent.name}/{path.name}: {error.problem}\n")
            continue
        if entries[-1]["do"] != "done":
            return path.parent
    return None


@contextmanager
def _told(practice: Practice) -> Iterator[None]:
    """Tell what is wrong in one line instead of a traceback."""
    try:
        yield
    except (ContentError, NothingToDraw, AlreadyRunning, NotWritten) as error:
        root = f"{practice.settings.root}{os.sep}"
        raise pytest.UsageError(str(error).replace(root, "")) from error
