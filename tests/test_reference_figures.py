"""What a reference took is kept: it may accept an answer, and never rejects one."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from pytest_prep.isolation import reference_figures
from pytest_prep.isolation.reference_figures import Figures, KeptFigures
from pytest_prep.judging import budget

forks = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux only")


@dataclass
class Place:
    """A kata's two folders, and what is kept of it."""

    root: Path
    kept: KeptFigures
    kata: SimpleNamespace
    item = SimpleNamespace(nodeid="katas/k/test_k.py::test_real")

    @property
    def file(self) -> Path:
        """Where the figures are."""
        return self.root / ".prep/references/kata-k.json"

    def known(self) -> Figures | None:
        """Return what is known of the one test."""
        return self.kept.known(self.item)  # type: ignore[arg-type]

    def keep(self, cpu: float = 0.5) -> None:
        """Keep a figure of the one test."""
        self.kept.keep(self.item, cpu, 1000)  # type: ignore[arg-type]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A kata of which a figure is kept."""
    for name in ("katas/k/test_k.py", "katas/k/answer.py", "solutions/k/answer.py", "conftest.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("pass\n")
    (tmp_path / "katas/data").mkdir()
    (tmp_path / "katas/data/datasets.toml").write_text("")
    folder = tmp_path / "katas/k"
    kata = SimpleNamespace(
        id="kata-k",
        folder=folder,
        author_folder=tmp_path / "solutions/k",
        answer=folder / "answer.py",
    )
    monkeypatch.setattr(reference_figures, "kata_of", lambda _: kata)
    monkeypatch.setattr(reference_figures, "answer_path", lambda _: kata.answer)
    monkeypatch.setenv("PREP_NOW", "2026-03-01T12:00:00+00:00")
    settings = SimpleNamespace(root=tmp_path, data=tmp_path / "katas/data")
    made = Place(tmp_path, KeptFigures(settings), kata)  # type: ignore[arg-type]
    made.keep()
    return made


def test_a_figure_is_known_again(place: Place) -> None:
    """Whatever becomes of the answer."""
    place.kata.answer.write_text("x = 1\n")
    assert place.known() == Figures(0.5, 1000)


@pytest.mark.parametrize(
    "changed",
    ["katas/k/test_k.py", "solutions/k/answer.py", "conftest.py", "katas/data/datasets.toml"],
)
def test_other_content_is_measured_anew(place: Place, changed: str) -> None:
    """The reference, its tests and their data are what the figure is about."""
    (place.root / changed).write_text("x = 1\n")
    assert place.known() is None
    place.keep(0.7)
    assert place.known() == Figures(0.7, 1000)


def test_another_machine_is_measured_anew(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another processor, Python or library: other figures."""
    monkeypatch.setattr(reference_figures, "_machine", lambda: "another")
    assert place.known() is None


@pytest.mark.parametrize(
    ("now", "is_known"), [("03-31T12", True), ("04-01T12", False), ("02-01T12", False)]
)
def test_old_figures_are_measured_anew(
    place: Place, monkeypatch: pytest.MonkeyPatch, now: str, is_known: bool
) -> None:
    """After thirty days, and where the clock was set back."""
    monkeypatch.setenv("PREP_NOW", f"2026-{now}:00:00+00:00")
    assert (place.known() is not None) == is_known


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "null", '{"of": 1}', '{"tests": []}', "\xff", '{"tests": {"T": 1}}']
)
def test_a_damaged_file_is_made_again(place: Place, damage: str) -> None:
    """Nothing is known from it, and nothing fails."""
    damage = damage.replace('"T"', json.dumps(place.item.nodeid))
    place.file.write_bytes(damage.encode("latin-1"))
    assert place.known() is None
    place.keep(0.7)
    assert place.known() == Figures(0.7, 1000)


@pytest.mark.parametrize("damage", ["Infinity", "-1", "NaN", "null", '"much"', "[]"])
def test_a_damaged_figure_is_measured_anew(place: Place, damage: str) -> None:
    """Also in a file that is whole otherwise."""
    for figure in ("0.5", "1000"):
        text = place.file.read_text()
        assert text.count(figure) == 1
        place.file.write_text(text.replace(figure, damage))
        assert place.known() is None
        place.file.write_text(text)


def test_what_takes_no_time_is_not_kept(place: Place) -> None:
    """It is measured as fast as it is looked up; and no figure is what cannot be one."""
    for cpu in (0.0, 0.009, -1.0, float("nan"), float("inf")):
        place.keep(cpu)
        assert place.known() == Figures(0.5, 1000)


def test_submissions_are_measured_every_time(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the learner's own file is judged by kept figures."""
    monkeypatch.setattr(reference_figures, "answer_path", lambda _: place.root / "slow_loop.py")
    assert place.known() is None
    place.keep(0.7)
    monkeypatch.setattr(reference_figures, "answer_path", lambda _: place.kata.answer)
    assert place.known() == Figures(0.5, 1000)


# -- in a run

ANSWER = """
    import time

    def initials(name):
        kept = b"1" * 50_000_000
        sum(range(50_000))
        time.sleep(0.2)
        return "".join(word[0] for word in name.split())
    """
REFERENCE = ANSWER.replace("time.sleep(0.2)", "")


@pytest.fixture
def timed(initials, workspace, monkeypatch):
    """Judge the kata of initials with kept figures (None: none); return status and reference."""
    monkeypatch.setattr(reference_figures, "LONG", 0.0)
    monkeypatch.setattr(budget, "FLOOR", 0.0)
    monkeypatch.setattr(budget, "MEMORY_FLOOR", 0)

    def judge(cpu: float | None = None, memory: int = 10**9) -> tuple[str, float]:
        places = list(workspace.root.glob(".prep/references/*.json"))
        for place in places if cpu is not None else ():
            kept = json.loads(place.read_text())
            kept["tests"] = {test: [cpu, memory, at] for test, (_, _, at) in kept["tests"].items()}
            place.write_text(json.dumps(kept))
        told = initials(ANSWER, "-k", "sample", reference=REFERENCE, more="[budget]\ntime = 1000.0")
        (report,) = (
            report
            for report in told.reprec.getreports("pytest_runtest_logreport")
            if getattr(report, "prep", None)
        )
        verdict = report.prep["verdict"]
        return verdict["status"], verdict["timing"][1]

    return judge


@forks
def test_a_kept_figure_stands_in_for_the_reference(timed):
    """What is shown beside the answer is what was kept."""
    assert timed()[0] == "accepted"
    assert timed(cpu=7.0) == ("accepted", 7.0)


@forks
@pytest.mark.parametrize("kept", [(1e-9, 10**9), (7.0, 0)], ids=["time", "memory"])
def test_a_kept_figure_rejects_nothing(timed, kept):
    """Over the kept budget, the reference is measured in the same run."""
    timed()
    status, reference = timed(*kept)
    assert status == "accepted"
    assert kept[0] == 7 or 1e-9 < reference < 7
