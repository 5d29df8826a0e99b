"""--hint, --reveal, --reset and --katas: what they show, record and keep."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from workspace import PRICE_KATA, PRICES, Workspace

from pytest_prep.content.errors import ContentError
from pytest_prep.content.kata import read_kata
from pytest_prep.content.starter import bring_back
from pytest_prep.progress.events import ATTEMPT, HINT, RESET, UNDO, new_event
from pytest_prep.progress.standing import standings
from pytest_prep.progress.store import open_store

PODIUM = "katas/sql/window/podium"


def recorded(katas: Workspace, *kinds: str) -> list[dict[str, object]]:
    """Return the data of the events of some kinds, in order."""
    store = open_store(katas.root / ".prep" / "progress.sqlite3")
    try:
        return [event.data for event in store.events(kinds)]
    finally:
        store.close()


def attempted(katas: Workspace, kata: str, status: str) -> None:
    """Record an attempt at a kata."""
    store = open_store(katas.root / ".prep" / "progress.sqlite3")
    store.append([new_event(ATTEMPT, {"kata": kata, "status": status, "complete": True})])
    store.close()


def typed(katas: Workspace, text: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in a process of its own with ``text`` on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "prep", *args],
        cwd=katas.root,
        input=text,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


class TestHint:
    """``--hint``."""

    def test_three_hints_one_after_the_other(self, katas: Workspace) -> None:
        """Each run shows the next one; after the third all are there, and --reveal is named."""
        for number, text in enumerate(("look at it", "turn it round", "SELECT …"), 1):
            result = katas.run(PODIUM, "--hint")
            assert result.ret == 0
            result.stdout.fnmatch_lines([f"hint {number} of 3*", text])
            assert len(re.findall(r"^hint \d of 3", result.stdout.str(), re.MULTILINE)) == 1
        result.stdout.fnmatch_lines([f"no more hints; *pytest {PODIUM} --reveal"])
        again = katas.run(PODIUM, "--hint").stdout.str()
        assert "had all three hints" in again
        assert "look at it" in again
        assert recorded(katas, HINT) == [
            {"kata": "sql-podium", "number": number} for number in (1, 2, 3)
        ]

    def test_each_kata_counts_its_own(self, katas: Workspace) -> None:
        """A hint of one kata is none of another."""
        katas.run(PODIUM, "--hint")
        katas.run("katas/sql/window", "--hint").stdout.fnmatch_lines(["hint 1 of 3*", "hint 2 *"])

    def test_too_many_katas(self, katas: Workspace) -> None:
        """More than a handful are refused with an example, and nothing is recorded."""
        katas.sql_kata(PRICE_KATA, **PRICES)
        result = katas.run("--hint")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines(["ERROR: --hint: 6 katas are selected; name one, as in *"])
        assert not (katas.root / ".prep" / "progress.sqlite3").exists()

    def test_without_a_store(self, katas: Workspace) -> None:
        """A store that cannot be opened is told; the hint is shown all the same."""
        (katas.root / ".prep").write_text("in the way", encoding="utf-8")
        result = katas.run(PODIUM, "--hint")
        result.stdout.fnmatch_lines(["hint 1 of 3*", "look at it"])
        result.stderr.fnmatch_lines(["not recorded: *"])
        assert "Traceback" not in result.stderr.str()


class TestReveal:
    """``--reveal``."""

    def test_after_a_question(self, katas: Workspace) -> None:
        """Yes shows reference and notes as they are, and is recorded; anything else does not."""
        katas.write("solutions/sql/window/podium/notes.md", "## Approach\n\nIt is sorted.\n")
        katas.write("solutions/sql/window/podium/accepted_x.sql", "-- Another way.\nSELECT 1\n")
        for reply in ("n\n", "", "\n"):
            shown = typed(katas, reply, PODIUM, "--reveal")
            assert shown.returncode == 0
            assert "SELECT item, price" not in shown.stdout
            assert "not shown" in shown.stdout
        assert recorded(katas, "reveal") == []
        shown = typed(katas, "y\n", PODIUM, "--reveal").stdout
        assert "SELECT item, price FROM prices ORDER BY price, item\n" in shown
        assert "## Approach\n\nIt is sorted.\n" in shown
        assert "solutions/sql/window/podium/accepted_x.sql" in shown
        assert recorded(katas, "reveal") == [{"kata": "sql-podium"}]

    def test_yes(self, katas: Workspace) -> None:
        """``--yes`` does not ask."""
        result = katas.run(PODIUM, "--reveal", "--yes")
        assert "[y/N]" not in result.stdout.str()
        result.stdout.fnmatch_lines(["SELECT item, price FROM prices*"])

    def test_accepted_before(self, katas: Workspace) -> None:
        """Who has solved it is not asked."""
        attempted(katas, "sql-podium", "accepted")
        result = katas.run(PODIUM, "--reveal")
        assert "[y/N]" not in result.stdout.str()
        result.stdout.fnmatch_lines(["SELECT item, price FROM prices*"])

    def test_on_a_screen(self, katas: Workspace) -> None:
        """A terminal gets the notes rendered, not their marks."""
        script = shutil.which("script")
        if script is None:
            pytest.skip("there is no program called script here")
        katas.write("solutions/sql/window/podium/notes.md", "## Approach\n\nIt is `sorted`.\n")
        command = f"{sys.executable} -m pytest -p prep {PODIUM} --reveal --yes"
        shown = subprocess.run(
            [script, "-qec", command, "/dev/null"],
            cwd=katas.root,
            env={**os.environ, "TERM": "xterm-256color", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert "\x1b[" in shown
        assert "Approach" in shown
        assert "## Approach" not in shown


class TestReset:
    """``--reset``."""

    def test_the_answer_is_kept(self, katas: Workspace) -> None:
        """The starter is back byte for byte, the answer lies where the message says."""
        answer = katas.answer("sql/window/podium", "SELECT 'ä' -- mine\n")
        old = answer.read_bytes()
        result = katas.run(PODIUM, "--reset")
        assert result.ret == 0
        found = re.search(r"the old answer is (\S+)", result.stdout.str())
        assert found
        assert re.fullmatch(r"\.prep/answers/sql-podium/[\dTZ-]+\.sql", found[1])
        assert (katas.root / found[1]).read_bytes() == old
        starter = katas.root / "solutions/sql/window/podium/starter.sql"
        assert answer.read_bytes() == starter.read_bytes()
        assert recorded(katas, RESET) == [{"kata": "sql-podium", "kept": found[1]}]

    def test_twice_in_a_second(self, katas: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two answers of the same moment are both kept."""
        monkeypatch.setenv("PREP_NOW", "2026-12-01T09:00:00+00:00")
        for text in ("SELECT 1\n", "SELECT 2\n"):
            katas.answer("sql/window/podium", text)
            katas.run(PODIUM, "--reset")
        kept = sorted((katas.root / ".prep/answers/sql-podium").iterdir())
        assert [path.name for path in kept] == [
            "2026-12-01T09-00-00Z-2.sql",
            "2026-12-01T09-00-00Z.sql",
        ]
        assert sorted(path.read_text() for path in kept) == ["SELECT 1\n", "SELECT 2\n"]

    def test_not_started(self, katas: Workspace) -> None:
        """The starter itself is neither kept nor touched."""
        before = (katas.root / PODIUM / "answer.sql").stat().st_mtime_ns
        katas.run(PODIUM, "--reset").stdout.fnmatch_lines(["*podium: not started, nothing*"])
        assert (katas.root / PODIUM / "answer.sql").stat().st_mtime_ns == before
        assert not (katas.root / ".prep" / "answers").exists()

    def test_notes_in_comments_are_kept(self, katas: Workspace) -> None:
        """Comments alone count as to do, and are still the learner's words."""
        katas.answer("sql/window/podium", "-- an idea: sort by price\n")
        katas.run(PODIUM, "--reset").stdout.fnmatch_lines(
            ["*: the starter is back; the old answer*"]
        )

    def test_what_is_no_text_is_kept_too(self, katas: Workspace) -> None:
        """An answer in another encoding comes back as its bytes."""
        (katas.root / PODIUM / "answer.sql").write_bytes(b"SELECT '\xff'")
        katas.run(PODIUM, "--reset")
        (kept,) = (katas.root / ".prep/answers/sql-podium").iterdir()
        assert kept.read_bytes() == b"SELECT '\xff'"

    def test_many_at_once_are_asked_for(self, katas: Workspace) -> None:
        """Beyond a handful it asks; --yes does not."""
        katas.sql_kata(PRICE_KATA, **PRICES, answer="SELECT 1\n")
        answer = katas.root / "katas" / PRICE_KATA / "answer.sql"
        shown = typed(katas, "n\n", "--reset")
        assert "6 katas" in shown.stdout
        assert answer.read_text() == "SELECT 1\n"
        katas.run("--reset", "--yes").stdout.fnmatch_lines(["*all_prices: the starter is back*"])
        assert answer.read_text() != "SELECT 1\n"

    def test_a_copy_that_cannot_be_written(self, katas: Workspace) -> None:
        """Where the answer cannot be kept it is not touched, and the exit code says so."""
        answer = katas.answer("sql/window/podium", "SELECT 1\n")
        katas.write(".prep/answers", "in the way")
        result = katas.run(PODIUM, "--reset")
        assert result.ret == 1
        result.stderr.fnmatch_lines(["*.prep/answers*; the answer is as it was"])
        assert answer.read_text() == "SELECT 1\n"

    def test_a_link_to_nowhere(self, katas: Workspace) -> None:
        """The learner's own file is named, and what to do."""
        answer = katas.root / PODIUM / "answer.sql"
        answer.unlink()
        answer.symlink_to(katas.root / "gone" / "mine.sql")
        result = katas.run(PODIUM, "--reset")
        assert result.ret == 1
        result.stderr.fnmatch_lines(
            [f"{PODIUM}/answer.sql: is a link to gone/mine.sql, whose folder is missing; *"]
        )

    def test_an_edit_in_the_last_moment(
        self, katas: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What an editor saves between copy and replacement is kept as well."""
        answer = katas.answer("sql/window/podium", "SELECT 1\n")
        kata = read_kata(katas.root / PODIUM, katas.root / "solutions/sql/window/podium")
        real, saved = os.fsync, []

        def fsync(handle: int) -> None:
            real(handle)
            if not saved:
                saved.append(answer.write_text("SELECT 2\n", encoding="utf-8"))

        monkeypatch.setattr(os, "fsync", fsync)
        bring_back(kata, tmp_path / "kept", "now")
        kept = sorted(path.read_text() for path in (tmp_path / "kept/sql-podium").iterdir())
        assert kept == ["SELECT 1\n", "SELECT 2\n"]

    def test_a_full_disk(
        self, katas: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A write that fails leaves the answer, and no half copy beside it."""
        answer = katas.answer("sql/window/podium", "SELECT 1\n")
        kata = read_kata(katas.root / PODIUM, katas.root / "solutions/sql/window/podium")

        def full(handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ContentError, match="No space left"):
            bring_back(kata, tmp_path / "kept", "now")
        assert answer.read_text() == "SELECT 1\n"
        assert list((tmp_path / "kept/sql-podium").iterdir()) == []


class TestKatas:
    """``--katas``."""

    def test_status_of_file_and_record(self, katas: Workspace) -> None:
        """A starter is to do, a change begun; the record knows accepted from failed."""
        katas.answer("sql/window/podium", "SELECT 1\n")
        katas.solve("sql/joins/no_orders", "sql/window/latest_price")
        attempted(katas, "sql-no-orders", "accepted")
        attempted(katas, "sql-latest-price", "wrong_answer")
        shown = katas.run("--katas").outlines
        status = {line.split("katas/")[1].split()[0]: line[:8].strip() for line in shown[:5]}
        assert status == {
            "python/numbers/running_sum": "to do",
            "python/text/initials": "to do",
            "sql/joins/no_orders": "accepted",
            "sql/window/latest_price": "failed",
            "sql/window/podium": "begun",
        }
        assert shown[5] == "5 katas: 2 to do · 1 begun · 1 failed · 1 accepted"
        assert not any("\t" in line for line in shown)

    def test_due(self, katas: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was solved comes back, also where the starter is already in its place."""
        katas.solve("sql/joins/no_orders")
        monkeypatch.setenv("PREP_NOW", "2026-12-01T09:00:00+00:00")
        for kata in ("sql-no-orders", "sql-podium"):
            attempted(katas, kata, "accepted")
        assert "2 accepted" in katas.run("--katas").stdout.str()
        monkeypatch.setenv("PREP_NOW", "2027-12-01T09:00:00+00:00")
        shown = katas.run("--katas", "--katas-status=due").outlines
        assert all(line.startswith("due ") for line in shown[:2])
        assert "2 katas: 2 due" in shown

    def test_narrowed(self, katas: Workspace) -> None:
        """-k, -m, paths and statuses narrow the list."""
        katas.answer("sql/window/podium", "SELECT 1\n")
        assert "5 katas" in katas.run("--katas").stdout.str()
        assert "3 katas" in katas.run("--katas", "-k", "window").stdout.str()
        assert "1 kata:" in katas.run("--katas", "katas/sql/joins").stdout.str()
        assert "1 kata: 1 begun" in katas.run("--katas", "--katas-status=begun").stdout.str()
        assert "4 katas: 4 to do" in katas.run("--katas", "--katas-status=to-do").stdout.str()

    def test_unknown_status(self, katas: Workspace) -> None:
        """A slip in a status names the nearest one."""
        result = katas.run("--katas", "--katas-status=acepted")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines(["*'acepted' is not a status*did you mean 'accepted'?*"])

    @pytest.mark.parametrize("columns", [40, 80])
    def test_fits_the_screen(self, katas: Workspace, columns: int) -> None:
        """On a terminal no line is longer than it is wide, and areas are headings."""
        script = shutil.which("script")
        if script is None:
            pytest.skip("there is no program called script here")
        command = f"stty cols {columns}; {sys.executable} -m pytest -p prep --katas"
        shown = subprocess.run(
            [script, "-qec", command, "/dev/null"],
            cwd=katas.root,
            env={
                **{k: v for k, v in os.environ.items() if k != "COLUMNS"},
                "TERM": "xterm-256color",
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        lines = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in shown.splitlines()]
        assert "katas/sql/window" in lines
        assert max(map(len, lines)) <= columns
        assert any(line.split()[:3] == ["to", "do", "podium"] for line in lines)


class TestStanding:
    """What follows from the record."""

    def test_replay(self) -> None:
        """A reset takes back the last verdict, an undone event never was."""
        slip = new_event(ATTEMPT, {"kata": "a", "status": "wrong_answer"})
        events = [
            new_event(HINT, {"kata": "a", "number": 1}),
            new_event(ATTEMPT, {"kata": "a", "status": "accepted", "complete": True}),
            slip,
            new_event(UNDO, {"event": slip.id}),
            new_event(ATTEMPT, {"kata": "b", "status": "accepted", "complete": False}),
            new_event(ATTEMPT, {"kata": "c", "status": "accepted"}),
            new_event(RESET, {"kata": "c", "kept": ""}),
        ]
        found = standings(events)
        assert (found["a"].hints, found["a"].last, found["a"].accepted) == (1, "accepted", True)
        assert (found["b"].last, found["b"].accepted) == ("", False)
        assert (found["c"].last, found["c"].accepted, found["c"].was_reset) == ("", True, True)
