"""``--progress-report``: HTML, Markdown, JSON and CSV, escaped; ``--progress-cohort``."""

from __future__ import annotations

import csv
import json
import re
import shutil
import struct
import subprocess
import zlib
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from records import JOIN, PANDAS, WINDOW, at, attempt, card, choose, mock
from workspace import Workspace

from pytest_prep.progress.collection import KataFacts
from pytest_prep.progress.replay import replay
from pytest_prep.progress.stats import Overview, overview
from pytest_prep.progress.steps import next_steps
from pytest_prep.progress.store import open_store
from pytest_prep.report.progress_data import COLUMNS
from pytest_prep.report.progress_files import report, write_report

PAGE = (Path(__file__).parent.parent / "docs" / "reference.md").read_text(encoding="utf-8")
PLAN = (("plan", "two-day, day 1 of 3"),)

#: Texts that would break out of a page, a table, a cell or a terminal.
EVIL = "=1+1 <script>alert('x')</script> | a\x1b[31m `b` \n# c & \"d\""
HOSTILE = KataFacts("sql-evil", EVIL, "katas/sql/x/evil", ("sql", "x"), "easy", ("t<b>|",), 5)


def practised(*more: KataFacts) -> Overview:
    """Return the overview of three days of practice."""
    events = [
        *(attempt(WINDOW, "wrong_answer", at(6 * n), spent=360) for n in range(5)),
        attempt(JOIN, "accepted", at(60), spent=600),
        *(attempt(kata, "wrong_answer", at(61), spent=60) for kata in more),
        card("a", 3, at(days=1)),
        mock("coding", 60, at(40, days=1)),
        attempt(WINDOW, "accepted", at(days=2), spent=1500),
        choose(at(days=2), interview="2026-11-14", minutes=20),
    ]
    return overview(replay(events), (WINDOW, JOIN, PANDAS, *more), at(days=2), decks={"sql": 31})


def written(suffix: str, *more: KataFacts) -> str:
    """Return a report."""
    view = practised(*more)
    return report(suffix, view, next_steps(view, ("plan",)), PLAN)


class Tags(HTMLParser):
    """Checks that every tag is closed, in order, and gathers texts and attributes."""

    VOID = ("meta", "line", "polyline", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_is_whole_and_loads_nothing() -> None:
    """Every tag closes, there is no link, no script, no image from elsewhere."""
    page = written(".html")
    tags = Tags(page)
    assert "script" not in tags.seen
    assert "http" not in page.replace("http-equiv", "")
    text = " ".join(tags.texts)
    for words in ("2 of 3", "interview in 10 days", "Next", "Weak, and why", "two-day, day 1 of 3"):
        assert words in text
    assert "<svg" in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_titles_cannot_break_out_of_the_page() -> None:
    """What looks like markup is shown as text."""
    page = written(".html", HOSTILE)
    assert "script" not in Tags(page).seen
    assert "<b>|" not in page
    assert "t&lt;b&gt;|" in page
    assert "\x1b" not in page


def test_titles_cannot_break_out_of_a_table() -> None:
    """Each row of a Markdown table keeps its cells, and no heading is made up."""
    text = written(".md", HOSTILE)
    assert "<" not in re.sub(r"\\<", "", text)
    assert "\x1b" not in text
    assert [line for line in text.split("\n") if line.startswith("# ")] == [
        "# Practice on Wednesday 4 November 2026"
    ]
    columns = 0
    for line in text.split("\n"):
        cells = len(re.findall(r"(?<!\\)\|", line))
        if cells and not columns:
            columns = cells
        assert cells == (columns if line.startswith("|") else 0), line
        columns = columns if line.startswith("|") else 0


def test_markdown_says_what_the_screen_says() -> None:
    """Figures, weak topics, the plan and the next steps."""
    text = written(".md")
    for words in (
        "Interview in 10 days (14 November 2026).",
        "| katas | 2 of 3 |",
        "| time today | 25 min of 20 min |",
        "1 of 6 attempts accepted",
        "| plan | two\\-day, day 1 of 3 |",
        "`pytest katas/python/pandas/gaps`",
    ):
        assert words in text


def test_no_cell_is_a_formula() -> None:
    """Spreadsheets calculate what begins with an equals sign."""
    rows = list(csv.DictReader(written(".csv", HOSTILE).splitlines(keepends=True)))
    assert [row["id"] for row in rows] == [WINDOW.id, JOIN.id, PANDAS.id, "sql-evil"]
    assert rows[3]["title"] == f"'{EVIL}"
    assert rows[0]["status"] == "accepted"
    assert rows[0]["solved_on"] == "2026-11-04"
    assert rows[2]["status"] == "todo"
    assert tuple(rows[0]) == COLUMNS


def test_json_holds_the_state() -> None:
    """Requirement by requirement: dates, areas, levels, topics, cards, mocks, minutes, days."""
    data = json.loads(written(".json", HOSTILE))
    assert (data["start"], data["interview"], data["days_left"]) == ("2026-11-02", "2026-11-14", 10)
    assert data["solved"]["levels"]["easy"] == {"done": 1, "total": 2}
    sql = next(area for area in data["areas"] if area["name"] == "sql")
    assert (sql["done"], sql["total"]) == (2, 3)
    assert data["katas"][3]["title"] == EVIL
    assert data["cards"]["reviews"] == 1
    assert data["mocks"]["average"] == 60
    assert data["minutes"]["goal"] == 20
    assert [day["day"] for day in data["days"]] == ["2026-11-02", "2026-11-03", "2026-11-04"]
    assert data["plan"] == [{"label": "plan", "text": "two-day, day 1 of 3"}]


def test_every_key_of_the_json_file_is_documented() -> None:
    """The reference page has a row for each, and no row for a key that is gone."""
    data = json.loads(written(".json"))
    section = PAGE[PAGE.index("Keys of the\nJSON file") : PAGE.index("### `--progress-cohort`")]
    rows = re.findall(r"^\| (`[^|]*) \| (.*) \|$", section, re.MULTILINE)
    documented = {name for row, _ in rows for name in re.findall(r"`(\w+)`", row)}
    assert documented == set(data)
    inner = {name for _, text in rows for name in re.findall(r"`(\w+)`", text)}
    for key in ("topics", "katas", "decks", "days", "weak", "areas"):
        assert set(data[key][0]) <= inner, key


def test_an_empty_record_can_be_reported() -> None:
    """Nothing is no error in any format."""
    view = overview(replay([]), (), at())
    for suffix in (".html", ".md", ".json", ".csv"):
        assert report(suffix, view, (), ())
    Tags(report(".html", view, (), ()))


def test_a_former_report_is_replaced_and_another_file_kept(tmp_path: Path) -> None:
    """``--progress-report README.md`` loses nothing."""
    target, kept = tmp_path / "README.md", tmp_path / ".prep" / "kept"
    target.write_text("# My notes\n", encoding="utf-8")
    copy = write_report(target, kept, practised(), (), ())
    assert copy is not None
    assert copy.read_text(encoding="utf-8") == "# My notes\n"
    assert target.read_text(encoding="utf-8").startswith("# Practice on ")
    assert write_report(target, kept, practised(), (), ()) is None
    assert len(list(kept.iterdir())) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".prep", "README.md"]


# -- as an option


def test_the_option_writes_every_file_it_names(katas: Workspace) -> None:
    """And prints where they are."""
    result = katas.run(
        "--progress", "--progress-report", "a.json", "--progress-report=b.html", "katas/sql"
    )
    assert result.ret == 0
    assert [line for line in result.outlines if line] == ["written: a.json", "written: b.html"]
    data = json.loads((katas.root / "a.json").read_text(encoding="utf-8"))
    assert (data["narrowed"], data["solved"]["total"]) == (True, 3)
    Tags((katas.root / "b.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--progress", "--progress-report", "a.pdf"], "*'a.pdf' has none of the endings .html,*"),
        (["--progress-report", "a.md"], "*--progress-report goes with --progress: add that*"),
        (["--progress-cohort"], "*--progress-cohort goes with --progress: add that*"),
    ],
)
def test_wrong_usage_is_told(katas: Workspace, arguments: list[str], message: str) -> None:
    """With pytest's own exit code for it."""
    result = katas.run(*arguments)
    assert result.ret == 4
    result.stderr.fnmatch_lines([message])


def test_a_file_that_cannot_be_written_is_one_line(katas: Workspace) -> None:
    """The folder does not exist."""
    result = katas.run("--progress", "--progress-report", "nowhere/a.md")
    assert result.ret == 4
    assert result.errlines == ["ERROR: --progress-report nowhere/a.md: No such file or directory"]


def test_a_cohort_is_a_line_for_each_learner(
    katas: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those who solved most first: solved, time, last active, weak topics."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PREP_NOW", at(days=2).isoformat())
    orders = KataFacts("sql-no-orders", "", "katas/sql/joins/no_orders", ("sql",), "easy", (), 10)
    store = open_store(str(katas.root / ".prep" / "progress.sqlite3"))
    events = [attempt(orders, "wrong_answer", at(n), learner="ada", spent=60) for n in range(4)]
    store.append([*events, attempt(orders, "accepted", learner="bo\x1b[2J", spent=600)])
    store.close()
    result = katas.run("--progress", "--progress-cohort")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "2 learners on 4 November 2026",
            "bo[[]2J   ██░░░░░░░░    1/5 10 min 2026-11-02*–",
            "ada*░░░░░░░░░░    0/5  4 min 2026-11-02* anti-join, join",
        ]
    )


def test_an_empty_cohort_is_told(katas: Workspace) -> None:
    """And is no error."""
    lines = katas.run("--progress", "--progress-cohort").outlines
    assert "No learner has recorded anything in this store yet." in lines


# -- in a browser


@pytest.fixture(scope="module")
def chromium() -> str:
    """The path of a headless Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    return found


def browse(chromium: str, folder: Path, *arguments: str) -> str:
    """Run Chromium without a window and return what it prints."""
    return subprocess.run(
        [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={folder / 'profile'}", *arguments,
        ],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip


def first_pixel(picture: Path) -> tuple[int, ...]:
    """Return red, green and blue of the upper left pixel of a PNG file."""
    data = picture.read_bytes()
    at_, packed = 8, b""
    while at_ < len(data):
        length, kind = struct.unpack(">I4s", data[at_ : at_ + 8])
        packed += data[at_ + 8 : at_ + 8 + length] if kind == b"IDAT" else b""
        at_ += length + 12
    return tuple(zlib.decompress(packed)[1:4])


def test_a_browser_shows_it_light_and_dark(chromium: str, tmp_path: Path) -> None:
    """The page follows the system's scheme."""
    (tmp_path / "page.html").write_text(written(".html"), encoding="utf-8")
    colours = []
    for scheme in (1, 0):
        picture = tmp_path / f"{scheme}.png"
        browse(
            chromium, tmp_path, f"--blink-settings=preferredColorScheme={scheme}",
            f"--screenshot={picture}", (tmp_path / "page.html").as_uri(),
        )  # fmt: skip
        colours.append(first_pixel(picture))
    assert colours == [(255, 255, 255), (13, 17, 23)]


def test_it_fits_a_phone(chromium: str, tmp_path: Path) -> None:
    """At 320 pixels nothing sticks out to the right."""
    frame = (
        f'<iframe width="320" height="900" frameborder="0" srcdoc="{escape(written(".html"))}">'
        "</iframe><script>onload = () => { const root = "
        "document.querySelector('iframe').contentDocument.documentElement;"
        "document.title = 'width ' + root.scrollWidth; }</script>"
    )
    (tmp_path / "frame.html").write_text(frame, encoding="utf-8")
    shown = browse(chromium, tmp_path, "--dump-dom", (tmp_path / "frame.html").as_uri())
    assert "<title>width 320</title>" in shown
