"""A family's file is made once, checked always, and safe to make in several processes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_prep.content import dataset as dataset_module
from pytest_prep.content.checksum import bytes_sha256
from pytest_prep.content.dataset import Dataset, DatasetError, load_datasets, locate
from pytest_prep.content.families import load_family
from pytest_prep.content.families.__main__ import main
from pytest_prep.content.families.framework import Draw, csv_bytes

DATA = Path(__file__).parents[1] / "katas" / "data"


class Counted:
    """A family that counts how often its file is made."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.made = 0

    def make(self, table: str) -> bytes:
        """Return the bytes of its one table."""
        assert table == "deals"
        self.made += 1
        return self.content


@pytest.fixture
def family(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """The family `deals`, replaced by a small one."""
    counted = Counted(b"deal_id\n1\n")
    monkeypatch.setattr(dataset_module, "load_family", lambda _name: counted)
    return counted


@pytest.fixture
def deals(family: Counted) -> Dataset:
    """The data set of the small family."""
    real = load_datasets(DATA)["deals"]
    table = replace(real.tables["deals"], sha256=bytes_sha256(family.content), rows=1)
    return replace(real, tables={"deals": table})


def test_made_on_first_use(deals: Dataset, family: Counted, tmp_path: Path) -> None:
    """The file appears below the cache folder, in a folder of the set, and nothing beside it."""
    path = locate(deals, "deals", tmp_path / "cache")
    assert path == tmp_path / "cache" / "deals" / "deals.csv"
    assert path.read_bytes() == family.content
    assert list(path.parent.iterdir()) == [path]


def test_made_once(deals: Dataset, family: Counted, tmp_path: Path) -> None:
    """The second use finds the file."""
    assert locate(deals, "deals", tmp_path) == locate(deals, "deals", tmp_path)
    assert family.made == 1


@pytest.mark.parametrize("damage", [b"", b"deal_id\n", b"deal_id\n2\n"])
def test_damaged_file_is_made_again(
    deals: Dataset, family: Counted, tmp_path: Path, damage: bytes
) -> None:
    """Half a file, or one of an earlier version, is replaced."""
    path = locate(deals, "deals", tmp_path)
    path.write_bytes(damage)
    assert locate(deals, "deals", tmp_path).read_bytes() == family.content
    assert family.made == 2


def test_generator_of_another_version(deals: Dataset, family: Counted, tmp_path: Path) -> None:
    """Other bytes than the pinned ones are never handed out, nor left behind."""
    family.content = b"deal_id\n3\n"
    with pytest.raises(DatasetError, match=r"deals\.csv: family deals gives .* same release"):
        locate(deals, "deals", tmp_path)
    assert not list(tmp_path.rglob("*.csv*"))


def test_folder_that_cannot_be_made(deals: Dataset, tmp_path: Path) -> None:
    """The error names the file that could not be written."""
    (tmp_path / "cache").write_text("a file, not a folder")
    with pytest.raises(DatasetError, match=r"deals\.csv: cannot be written: .*; make"):
        locate(deals, "deals", tmp_path / "cache")


def test_failed_move_leaves_nothing_behind(
    deals: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk does not fill up with half files."""

    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DatasetError, match="cannot be written: No space left on device"):
        locate(deals, "deals", tmp_path)
    assert list((tmp_path / "deals").iterdir()) == []


def test_two_processes_at_once(tmp_path: Path) -> None:
    """Both get the whole file, and one file is left."""
    code = (
        "import sys; from pathlib import Path;"
        "from pytest_prep.content.dataset import load_datasets, locate;"
        "deals = load_datasets(Path(sys.argv[1]))['deals'];"
        "sys.stdin.readline();"
        "print(locate(deals, 'deals', Path(sys.argv[2])))"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(DATA), str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(DATA.parents[1])},
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60)[0].strip() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    path = tmp_path / "deals" / "deals.csv"
    assert printed == [str(path), str(path)]
    assert list(path.parent.iterdir()) == [path]
    assert bytes_sha256(path.read_bytes()) == load_family("deals").files["deals"].sha256


def test_command_writes_and_verifies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A maintainer sees rows, bytes and checksum of each file."""
    assert main(["deals", "--out", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    for line, file in zip(lines, load_family("deals").files.values(), strict=True):
        size = (tmp_path / file.name).stat().st_size
        assert line == f"{file.name}: {file.rows} rows, {size} bytes, sha256 {file.sha256}"


def test_command_fails_where_bytes_differ(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed generator shows before its checksum is pinned."""
    family = load_family("deals")
    changed = replace(family, make=lambda _table: b"other\n")
    monkeypatch.setattr("pytest_prep.content.families.__main__.load_family", lambda _: changed)
    assert main(["deals"]) == 1
    assert "deals.csv: differs from the pinned" in capsys.readouterr().out


def test_draws_use_the_whole_range() -> None:
    """Both ends occur, nothing beyond, and a sample repeats nothing."""
    draw = Draw(1)
    assert {draw.below(3) for _ in range(200)} == {0, 1, 2}
    assert {draw.between(4, 6) for _ in range(200)} == {4, 5, 6}
    assert {draw.pick("ab") for _ in range(200)} == {"a", "b"}
    assert {draw.weighted((("a", 1), ("b", 0), ("c", 2))) for _ in range(200)} == {"a", "c"}
    assert sorted(draw.sample(range(20), 20)) == list(range(20))
    assert len(set(draw.sample(range(20), 7))) == 7


def test_draws_of_one_seed_stay_the_same() -> None:
    """Pinned: a change here changes every generated file."""
    draw = Draw(42)
    assert [draw.below(1_000) for _ in range(5)] == [639, 25, 275, 223, 736]


def test_csv_quotes_only_what_must_be_quoted() -> None:
    """Comma, quote and line break; not a space, not an empty field."""
    rows = [["a b", "", "x,y"], ['say "no"', "two\nlines", "ü"]]
    text = csv_bytes(["p", "q", "r"], rows).decode()
    assert text == 'p,q,r\na b,,"x,y"\n"say ""no""","two\nlines",ü\n'
