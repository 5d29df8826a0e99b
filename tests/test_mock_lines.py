"""``pytest --mock`` in plain lines, through pipes: a coding interview from draw to report."""

from __future__ import annotations

import sqlite3
import time

import pytest
from candidate import CODING, Candidate
from workspace import INITIALS, INITIALS_KATA, PRICE_KATA, PRICES, RIGHT


@pytest.fixture
def room(workspace):
    """A workspace with one SQL kata, one Python kata and a script."""
    workspace.sql_kata(PRICE_KATA, **PRICES)
    workspace.python_kata(INITIALS_KATA, **INITIALS)
    workspace.write("interviews/coding-20.toml", CODING)
    named = CODING.replace('pick = { from = "katas", count = 1 }', 'katas = ["sql-all-prices"]')
    short = named.replace("coding-20", "short").replace("20m", "3s")
    tests = CODING.replace("coding-20", "tested").replace(
        'kind = "code"', 'kind = "code"\ntests = true'
    )
    workspace.write("interviews/tested.toml", tests.replace('"coding"', '"assessment"'))
    workspace.write("interviews/short.toml", short.replace('"coding"', '"staged"'))
    return workspace


@pytest.fixture
def play(room):
    """Start an interview; what is still running at the end is killed."""
    started = []

    def start(*args, **kwargs):
        started.append(Candidate(room.root, *args, **kwargs))
        return started[-1]

    yield start
    for candidate in started:
        candidate.process.kill()
        candidate.process.wait()


def events(workspace, kind):
    """Return the data of the events of a kind."""
    import json

    with sqlite3.connect(workspace.root / ".prep/progress.sqlite3") as store:
        rows = store.execute("SELECT data FROM event WHERE kind = ? ORDER BY time, id", (kind,))
        return [json.loads(data) for (data,) in rows]


def test_a_coding_interview(room, play):
    """Read, save, run, hand in, predict, and read how every point came about."""
    learner = play("--mock", f"katas/{INITIALS_KATA}")
    learner.until("katas/python/text/initials/answer.py")
    learner.types("r")
    assert "still the starter" in learner.until("hidden cases: 0 of 1 accepted")
    room.write(f"katas/{INITIALS_KATA}/answer.py", RIGHT)
    learner.types("h", "o sets", "r")
    learner.until("hint 1, -5 points: look at it")
    learner.until("hidden cases: 1 of 1 accepted")
    learner.types("s", "90", "read the manual", "")
    report = learner.until("report.txt")
    assert "of 100 · pass mark of this script 60: reached" in report
    assert "you predicted 90" in report
    assert "hints          -5.0         1 taken: 5" in report
    assert "quality" in report
    assert "correctness    50.0 of 50   example 1 of 1, edge 1 of 1" in report
    assert "- read the manual" in report
    assert learner.leaves() == 0
    result = learner.result
    assert 80 <= result["score"] <= 95  # what the review takes off is its own affair
    assert (result["predicted"], result["actions"]) == (90, ["read the manual"])
    item = result["stages"][0]["items"][0]
    assert 0 < item["review"]["score"] <= 100
    assert item["review"]["measures"]
    assert result["notes"][0]["text"] == "sets"
    (stage,) = result["stages"]
    assert stage["items"][0]["answer"] == RIGHT.lstrip("\n")
    assert [(run["right"], run["cases"]) for run in stage["items"][0]["runs"]] == [(0, 2), (2, 2)]
    (mock,) = events(room, "mock")
    assert (mock["score"], mock["predicted"]) == (result["score"], 90)
    (attempt,) = events(room, "attempt")
    assert (attempt["kata"], attempt["status"]) == ("python-initials", "accepted")
    assert len(events(room, "mock_stage")) == 1


def test_an_old_answer_is_kept(room, play):
    """The starter comes back; what stood there is on the disk, and the path is told."""
    room.answer(PRICE_KATA, "SELECT item, price FROM prices;\n")
    learner = play("--mock", f"katas/{PRICE_KATA}")
    kept = learner.until(".sql\n").rsplit("kept: ", 1)[1].strip()
    learner.until("left] >")
    assert (room.root / kept).read_text() == "SELECT item, price FROM prices;\n"
    assert "SELECT" not in (room.root / f"katas/{PRICE_KATA}/answer.sql").read_text()
    room.answer(PRICE_KATA, "SELECT price, item FROM prices;\n")
    learner.types("s", "", "", "y")
    assert kept in learner.until("put it back into")
    now = learner.until("other one is") + learner.until("\n")
    assert learner.leaves() == 0
    answer = room.root / f"katas/{PRICE_KATA}/answer.sql"
    assert answer.read_text() == "SELECT item, price FROM prices;\n"
    mine = room.root / now.rsplit("other one is", 1)[1].strip()
    assert mine.read_text() == "SELECT price, item FROM prices;\n"


def test_the_deadline_takes_what_is_saved(room, play):
    """The file of that moment is judged, whatever is done to it later."""
    learner = play("--mock=short")
    learner.until("left] >")
    room.answer(PRICE_KATA, "SELECT item, price FROM prices;\n")
    learner.until("time is over")
    room.answer(PRICE_KATA, "SELECT 1;\n")
    learner.types("", "")
    learner.until("report.txt")
    assert learner.leaves() == 0
    result = learner.result
    assert (result["ended"], result["seconds"]) == ("deadline", 3)
    assert result["stages"][0]["items"][0]["answer"] == "SELECT item, price FROM prices;\n"
    assert result["stages"][0]["items"][0]["lines"][0]["points"] == 50


def test_input_that_ends_is_an_interruption(room, play):
    """Nothing is lost; going on shows the same problem, its hints and its notes."""
    learner = play("--mock", f"katas/{PRICE_KATA}", "--mock-seed", "7")
    learner.until("left] >")
    learner.types("h", "o remember me")
    learner.until("noted")
    assert learner.leaves() == 2
    assert "go on with: pytest --mock-resume" in learner.shown
    again = play("--mock-resume")
    again.until("going on with")
    again.until(f"katas/{PRICE_KATA}/answer.sql")
    again.types("h", "s", "y", "", "")
    again.until("hint 2, -10 points: turn it round")
    again.until("report.txt")
    assert again.leaves() == 0
    assert again.result["notes"][0]["text"] == "remember me"
    assert [hint["cost"] for hint in again.result["stages"][0]["items"][0]["hints"]] == [5, 10]
    third = play("--mock-resume")
    third.until("no interview was interrupted")
    assert third.leaves() == 0


def test_one_interview_at_a_time(room, play):
    """The second one is refused, and names the process; afterwards there is room again."""
    first = play("--mock", f"katas/{PRICE_KATA}")
    first.until("left] >")
    second = play("--mock", f"katas/{PRICE_KATA}")
    assert second.process.wait(30) == 4
    second.until(f"an interview is going on in process {first.process.pid}")
    assert "has no end yet" not in second.shown
    first.process.kill()
    first.process.wait()
    third = play("--mock", f"katas/{PRICE_KATA}")
    third.until("left] >")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--mock=codng-20",), "there is no interview 'codng-20'; did you mean 'coding-20'?"),
        (("--mock", "--duration", "soon"), "--duration: 'soon' is not a duration such as \"20m\""),
        (("--mock", "--duration", "5m"), "for 5m wanted, the shortest take 10m: a longer"),
        (("--mock", "--duration", "1s"), "--duration 1s leaves 1s for 'Problem': 1m is the least"),
        (("--mock", "--duration", "99999h"), "--duration: '99999h' is too long; 24h at the most"),
        (("--duration", "5m"), "add --mock, as in pytest --mock --duration 5m"),
        (("--mock-seed=0",), "add --mock, as in pytest --mock --mock-seed 0"),
        (("--mock-level=easy",), "add --mock, as in pytest --mock --mock-level easy"),
        (("--mock=",), "--mock=: names no interview; --mock alone plays coding-20"),
        (("--mock", "katas/nope"), "--mock: there is no path 'katas/nope', and no interview"),
        (("--mock", "--mock-level", "hard"), "of level hard wanted, 0 of the 2 selected ones fit"),
        (("--mock", "-k", "nothing"), "no kata is selected"),
        (("--mock-replay", "last"), "there is no interview 'last'"),
    ],
)
def test_wrong_usage_is_one_line(room, args, said):
    """What is wrong and what would help, without a traceback."""
    result = room.run_outside(*args)
    told = "\n".join([*result.outlines, *result.errlines])
    assert said in told
    assert "Traceback" not in told
    assert str(room.root) not in told
    assert result.ret == 4


@pytest.mark.parametrize(
    "args",
    [
        ("--mock", "katas/sql"),
        ("--mock=katas/sql",),
        ("--mock=coding-20", "katas/sql"),
        ("--mock", "coding-20", "katas/sql"),
        ("--mock", "coding", "katas/sql"),
        ("katas/sql", "--mock"),
        ("--mock", "--duration", "20m", "katas/sql"),
        ("--mock", "-k", "prices"),
    ],
)
def test_a_path_stays_a_path(room, play, args):
    """The option's value may be left out, and eats no path."""
    learner = play(*args)
    learner.until(f"katas/{PRICE_KATA}/answer.sql")


def test_a_report_is_shown_again(room, play):
    """From the journal alone."""
    learner = play("--mock", f"katas/{PRICE_KATA}", "--mock-seed", "5")
    learner.until("left] >")
    learner.types("s yes", "10", "")
    learner.until("report.txt")
    assert learner.leaves() == 0
    before = learner.result
    (learner.folder / "report.json").unlink()
    shown = room.run_outside("--mock-replay", "last")
    shown.stdout.fnmatch_lines(["score 0 of 100*not reached", "you predicted 10: 10 too high"])
    assert learner.result == before


def test_a_crash_at_the_very_end_records_once(room, play):
    """The report and the record are written again, and are the same."""
    learner = play("--mock", f"katas/{PRICE_KATA}")
    learner.until("left] >")
    learner.types("s yes", "10", "read", "")
    learner.until("report.txt")
    assert learner.leaves() == 0
    journal = learner.folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    assert b'"done"' in lines[-1]
    journal.write_bytes(b"".join(lines[:-1]))
    again = play("--mock-resume")
    again.until("what will you work on")
    again.types("")
    again.until("report.txt")
    assert again.leaves() == 0
    assert len(events(room, "mock")) == len(events(room, "mock_stage")) == 1
    assert len(events(room, "attempt")) == 1


def test_a_broken_journal_stops_no_other(room, play):
    """It is named and left out; an unfinished interview is told of before a new one."""
    learner = play("--mock", f"katas/{PRICE_KATA}")
    learner.until("left] >")
    assert learner.leaves() == 2
    shown = room.run_outside("--mock-replay", "last").stdout.str()
    assert shown.startswith(f"{learner.folder.name} has no end yet: go on with")
    assert "· not ended ·" in shown
    assert "score " not in shown.replace("not scored", "")
    broken = room.root / ".prep/interviews/9999-broken"
    broken.mkdir()
    (broken / "journal.jsonl").write_text("no json\n{}\n")
    second = play("--mock", f"katas/{PRICE_KATA}")
    shown = second.until("left] >")
    assert "left out: 9999-broken/journal.jsonl: is damaged; put the file" in shown
    assert "has no end yet: pytest --mock-resume goes on with it" in shown


def test_what_the_last_one_left(room, play):
    """Its action items come first, and the predictions are held against the scores."""
    for number, predicted in enumerate(("20", "40")):
        learner = play("--mock", f"katas/{PRICE_KATA}")
        if number:
            assert "to work on, from the last time:\n- sleep more" in learner.until("left] >")
        learner.types("s yes", predicted, "sleep more", "")
        learner.until("report.txt")
        assert learner.leaves() == 0
    assert (
        "last 2 predictions of measured scores: 30 points off on average, 2 too high, 0 too low"
        in (learner.shown)
    )


def test_commands_that_do_not_fit(room, play):
    """Each says why, and the interview goes on."""
    learner = play("--mock", f"katas/{PRICE_KATA}")
    learner.until("left] >")
    learner.types("p", "x", "a", "o", "ask why", "q", "estimate x", "h", "h", "h", "h", "?", "t")
    for said in (
        "this is the first of 1 here",
        "'x' is no command here",
        "'a' is no command here",
        "say what: o and some text",
        "there are no facts to ask for in this stage",
        "type q yes",
        "there are no estimates in this stage",
        "hint 3, -15 points",
        "all 3 hints are given",
        "h hint · r run",
        "left; 19:",
    ):
        learner.until(said)
    learner.types("q yes", "", "")
    learner.until("report.txt")
    assert learner.leaves() == 0
    assert learner.result["ended"] == "quit"


def test_what_is_untouched_is_handed_in_after_a_yes(room, play):
    """It asks once; anything but a yes goes on."""
    learner = play("--mock", f"katas/{PRICE_KATA}")
    learner.until("left] >")
    learner.types("s", "t", "y", "s", "y", "", "")
    learner.until("hand in? it is still the starter; it does not come back: type y")
    learner.until("left; 19:")
    learner.until("'y' is no command here")
    learner.until("hand in? it is still the starter")
    learner.until("report.txt")
    assert learner.leaves() == 0
    assert learner.result["ended"] == "submitted"


def test_the_store_is_not_needed(room, play):
    """Where nothing can be recorded, the interview still runs and says so."""
    (room.root / ".prep").mkdir()
    (room.root / ".prep/progress.sqlite3").mkdir()
    learner = play("--mock", f"katas/{PRICE_KATA}")
    learner.until("not recorded")
    learner.until("left] >")
    learner.types("s yes", "", "")
    learner.until("report.txt")
    assert learner.leaves() == 0


def test_the_prompt_keeps_up_with_the_clock(room, play):
    """Without a key being pressed the minutes are told, and the end comes."""
    learner = play("--mock=short")
    started = time.monotonic()
    learner.until("time is over")
    assert time.monotonic() - started < 8


WRONG_SUBMISSIONS = {
    "wrong_first": "def initials(name):\n    return name[:1]\n",
    "wrong_lower": "def initials(name):\n    return ''.join(w[0] for w in name.split()).lower()\n",
    "wrong_blank": "def initials(name):\n    return ''.join(w[0] for w in name.split(' '))\n",
}


@pytest.mark.parametrize(
    ("tests", "points", "how"),
    [
        (
            "def test_two(answer):\n    assert answer.initials('Ada Lovelace') == 'AL'\n",
            20 / 3,
            "catch 2 of 3 wrong answers",
        ),
        ("def test_no(answer):\n    assert answer.initials('A') == 'x'\n", 0, "they fail on the"),
        ("import nothing_like_this\n", 0, "they do not run"),
        (None, 0, "asked for, none written"),
    ],
)
def test_tests_of_ones_own(room, play, tests, points, how):
    """They pass on the reference, and catch what is known to be wrong."""
    for name, text in WRONG_SUBMISSIONS.items():
        room.write(f"solutions/{INITIALS_KATA}/{name}.py", text)
    learner = play("--mock=tested", f"katas/{INITIALS_KATA}")
    learner.until(f"katas/{INITIALS_KATA}/my_tests.py")
    if tests is not None:
        room.write(f"katas/{INITIALS_KATA}/my_tests.py", tests)
    room.write(f"katas/{INITIALS_KATA}/answer.py", RIGHT)
    learner.types("s", "", "")
    learner.until("report.txt", 60)
    assert learner.leaves() == 0
    lines = {line["what"]: line for line in learner.result["stages"][0]["items"][0]["lines"]}
    assert lines["own tests"]["points"] == pytest.approx(points)
    assert how in lines["own tests"]["how"]
