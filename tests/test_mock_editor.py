"""An interview while ``$EDITOR`` is open: saves count when they are made, the deadline falls."""

from __future__ import annotations

import pytest
from papers import Clock, Desk, no_space, paper

from pytest_prep.modes.mock.core import Refused, begin
from pytest_prep.modes.mock.editing import write_in_editor
from pytest_prep.modes.mock.journal import Journal, NotWritten
from pytest_prep.modes.mock.timed import Saved

#: Saves, waits until the journal has a word, and saves again.
EDITOR = """#!/bin/sh
printf '{saved}' > "$1"
until grep -q '{word}' {journal}; do sleep 0.02; done
printf 'too late' > "$1"
"""


class Folder(Desk):
    """The candidate's file, as it is on the disk."""

    def __init__(self, root):
        super().__init__()
        self.root = root

    def read(self, item):
        path = self.root / item.data["answer"]
        return Saved(path.read_text(), path.stat().st_mtime)


class Watching(Clock):
    """Goes beyond every deadline when the first save is in the journal."""

    def __init__(self, journal):
        super().__init__()
        self.journal, self.start = journal, self.seconds

    def read(self):
        if self.journal.exists() and "in time" in self.journal.read_text():
            self.seconds = self.start + 5000
        return super().read()


@pytest.fixture
def edit(tmp_path, monkeypatch):
    """Begin an interview with an editor that saves, waits for a word, and saves again."""

    def start(kind, saved, word='"over"'):
        editor, journal = tmp_path / "editor", tmp_path / "journal.jsonl"
        editor.write_text(EDITOR.format(saved=saved, word=word, journal=journal))
        editor.chmod(0o700)
        monkeypatch.setenv("VISUAL", str(editor))
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        interview = begin(paper(kind), Journal(tmp_path), Watching(journal), Folder(tmp_path))
        interview.start()
        if kind == "code":
            answer = tmp_path / interview.state.current.data["answer"]
            answer.parent.mkdir(parents=True)
            answer.write_text("start")
        return interview

    return start


pytestmark = pytest.mark.timeout(60)


def test_the_deadline_falls_while_the_editor_is_open(edit, tmp_path):
    """The answer as it was saved in time is taken, though the file says otherwise in the end."""
    interview = edit("code", "in time")
    told = write_in_editor(interview, tmp_path)
    assert any("time is over" in line for line in told)
    assert (interview.state.why, interview.state.seconds) == ("deadline", 1200)
    assert interview.state.works[0][0].final == "in time"


def test_a_story_in_the_editor(edit, tmp_path):
    """Each save is in the journal at once; what comes after the deadline is not."""
    interview = edit("talk", "## Situation\nin time\n\n## Result\n[red] 3 h")
    write_in_editor(interview, tmp_path)
    assert interview.state.why == "deadline"
    assert interview.state.works[0][0].answers == {"situation": "in time", "result": "[red] 3 h"}


def test_what_cannot_be_kept_stays_in_a_file(edit, tmp_path, monkeypatch):
    """A full disk does not close the editor, and the message says where the text is."""
    interview = edit("talk", "on a full disk", '"begin"')

    monkeypatch.setattr("pytest_prep.modes.mock.journal.os.write", no_space)
    with pytest.raises(NotWritten, match="what you wrote is in ") as caught:
        write_in_editor(interview, tmp_path)
    path = str(caught.value).rsplit(" is in ", 1)[1]
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - as it was told
        assert file.read() == "too late"


def test_nothing_to_write(tmp_path):
    """Questions are answered by keys."""
    interview = begin(paper("choice"), Journal(tmp_path), Clock(), Desk())
    interview.start()
    with pytest.raises(Refused, match="nothing to write"):
        write_in_editor(interview, tmp_path)
