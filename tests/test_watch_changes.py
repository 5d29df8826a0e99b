"""``--watch``: every kind of file that a verdict depends on, and verdicts that are never old."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from workspace import INITIALS, INITIALS_KATA, PRICE_KATA, PRICES, RIGHT

if TYPE_CHECKING:
    from watching import Watching
    from workspace import Workspace

ANSWER = f"katas/{PRICE_KATA}/answer.sql"
WRONG = "SELECT item, 0 AS price FROM prices"
FINE = "SELECT item, price FROM prices"
PYTHON = f"katas/{INITIALS_KATA}/answer.py"
#: It never ends by itself.
SLOW = "import time\n\n\ndef initials(name):\n    time.sleep(3600)\n"
#: The end of a verdict.
END = r"2 katas: .*\n"


@pytest.fixture
def accepted(watch, workspace: Workspace) -> Watching:
    """Both katas are accepted and watched."""
    workspace.solve(PRICE_KATA, INITIALS_KATA)
    one = watch()
    one.until("2 katas: 2 accepted")
    return one


def test_a_burst_of_saves(accepted: Watching) -> None:
    """Of many saves in a row the last one counts; the answers between are not taken for it."""
    for number in range(20):
        accepted.save(ANSWER, f"SELECT item, {number} AS price FROM prices")
    accepted.save(ANSWER, FINE + " -- the last")
    said = accepted.until("2 katas: 2 accepted")
    assert accepted.silence(1.0).strip() == ""
    assert "accepted  2 cases" in said


def test_a_save_during_a_run(accepted: Watching) -> None:
    """A run that a save has overtaken is ended; of its answer nothing is said."""
    accepted.write(PYTHON, SLOW)
    accepted.silence(1.0)
    accepted.write(PYTHON, RIGHT + "# again\n")
    said = accepted.until("2 katas: 2 accepted", seconds=20)
    assert "too slow" not in said


def test_another_kata_during_a_run(accepted: Watching) -> None:
    """A save elsewhere is judged first; what it has interrupted is judged after it."""
    accepted.write(PYTHON, SLOW)
    accepted.silence(1.0)
    accepted.write(ANSWER, WRONG)
    assert "wrong answer  0 of 2" in accepted.until(END, seconds=20)
    accepted.until(r"too slow +katas/python/text/initials", seconds=60)


def test_the_same_size_at_the_same_moment(accepted: Watching) -> None:
    """Two texts of one length, saved in place at once: the second one is judged."""
    for wrong in ("11111", "22222"):
        text = FINE.replace("price ", f"{wrong} ", 1)
        assert len(text) == len(FINE)
        accepted.write(ANSWER, FINE)
        accepted.write(ANSWER, text)
        accepted.until("wrong answer  0 of 2")
        accepted.until(f"{wrong} → 5")
        accepted.until(END)


def test_an_edited_case(accepted: Watching) -> None:
    """A changed hidden case is read afresh, also for the reference's own result."""
    case = f"solutions/{PRICE_KATA}/cases/edge_unknown.sql"
    accepted.write(case, "-- Dear.\nINSERT INTO prices VALUES ('x', 7);\n")
    assert "accepted  2 cases" in accepted.until(END)
    accepted.write(case, "INSERT INTO nowhere VALUES (1);\n")
    said = accepted.until(END)
    assert "broken kata" in said
    assert "nowhere" in said


def test_a_new_case(accepted: Watching) -> None:
    """A case that is added counts at once."""
    case = f"solutions/{PRICE_KATA}/cases/edge_more.sql"
    accepted.write(case, "INSERT INTO prices VALUES ('x', 7);\n")
    assert "accepted  3 cases" in accepted.until(END)


def test_an_edited_reference(accepted: Watching) -> None:
    """What is expected changes with the reference."""
    reference = f"solutions/{PRICE_KATA}/answer.sql"
    accepted.write(reference, "SELECT item, price + 1 AS price FROM prices")
    assert "wrong answer  0 of 2" in accepted.until(END)
    accepted.write(reference, FINE)
    assert "accepted  2 cases" in accepted.until(END)


def test_an_edited_schema_and_facts(accepted: Watching, workspace: Workspace) -> None:
    """``schema.sql`` and ``kata.toml`` are read again, and what is broken there is named."""
    schema = f"katas/{PRICE_KATA}/schema.sql"
    accepted.write(schema, "CREATE TABLE prices (item VARCHAR, price INTEGER, day INTEGER);")
    assert "broken kata" in accepted.until(END)
    accepted.write(schema, PRICES["schema"])
    assert "accepted  2 cases" in accepted.until(END)
    facts = f"katas/{PRICE_KATA}/kata.toml"
    accepted.write(facts, workspace.toml("all_prices", kind="sql", level="meduim"))
    assert "did you mean 'medium'?" in accepted.until(END)
    more = 'forbid = ["order-by"]'
    accepted.write(facts, workspace.toml("every_price", kind="sql", level="hard", more=more))
    said = accepted.until(END)
    assert "The every price" in said
    assert "accepted  2 cases" in said
    accepted.write(ANSWER, f"{FINE} ORDER BY 1")
    assert "invalid" in accepted.until(END)


def test_edited_tests(accepted: Watching) -> None:
    """A test module is imported afresh, though its text has the size it had."""
    test = f"katas/{INITIALS_KATA}/test_initials.py"
    right = "def test_sample(answer):\n    assert answer.initials('A B') == 'AB'\n"
    accepted.write(test, right)
    assert "accepted  1 case" in accepted.until(END)
    accepted.write(test, right.replace("'AB'", "'AC'"))
    said = accepted.until(END)
    assert "assert 'AB' == 'AC'" in said
    accepted.write(test, right.replace("'AB'", "'AB"))
    assert "SyntaxError" in accepted.until(END)
    accepted.write(test, right)
    assert "accepted  1 case" in accepted.until(END)


def test_an_edited_conftest(accepted: Watching) -> None:
    """A ``conftest.py`` above the katas concerns all of them that are begun."""
    place = "katas/python/conftest.py"
    fixture = "import pytest\n\n\n@pytest.fixture(autouse=True)\ndef other():\n    {}\n"
    accepted.write(place, fixture.format("raise OSError('from conftest')"))
    assert "from conftest" in accepted.until(END)
    accepted.write(place, fixture.format("return 1"))
    assert "accepted  2 cases" in accepted.until(END)


def test_edited_configuration(accepted: Watching, workspace: Workspace) -> None:
    """Pytest's own configuration is read again by the next run."""
    before = (workspace.root / "pyproject.toml").read_text()
    accepted.write("pyproject.toml", f"{before}\nfilterwarnings = 'nonsense'\n")
    assert "nonsense" in accepted.until("2 katas: 2 broken kata")
    accepted.write("pyproject.toml", before)
    accepted.until("2 katas: 2 accepted")


def test_a_data_file(watch, workspace: Workspace) -> None:
    """A file beside the answer counts, whatever its kind; an editor's own files do not."""
    tests = """
        from pathlib import Path

        def test_sample(answer, reference):
            words = Path(__file__).with_name("words.txt").read_text()
            assert answer.initials(words) == reference.initials(words)
        """
    mine = "def initials(name):\n    return name[:1]\n"
    workspace.python_kata(INITIALS_KATA, **{**INITIALS, "tests": tests, "answer": mine})
    workspace.write(f"katas/{INITIALS_KATA}/words.txt", "Ada")
    one = watch()
    one.until("accepted  1 case")
    one.until(END)
    one.write(f"katas/{INITIALS_KATA}/words.txt", "Ada Bob")
    assert "wrong answer  0 of 1" in one.until(END)
    for name in (".answer.py.swp", "answer.py~", "4913", "#answer.py#"):
        one.write(f"katas/{INITIALS_KATA}/{name}", "x")
    assert one.silence(1.0).strip() == ""


def test_a_deleted_answer(accepted: Watching, workspace: Workspace) -> None:
    """Without an answer there is nothing to judge, and it says how to get the starter back."""
    (workspace.root / ANSWER).unlink()
    assert "is missing" in accepted.until(END)
    accepted.write(ANSWER, FINE)
    assert "accepted  2 cases" in accepted.until(END)


def test_an_editor_that_empties_the_file_first(accepted: Watching, workspace: Workspace) -> None:
    """An answer that is empty or missing for a moment is being saved."""
    (workspace.root / ANSWER).write_text("")
    (workspace.root / ANSWER).unlink()
    accepted.write(ANSWER, WRONG)
    said = accepted.until(END)
    assert "wrong answer  0 of 2" in said
    assert "missing" not in said
    assert "to do  " not in said


def test_a_deleted_kata(accepted: Watching, workspace: Workspace) -> None:
    """It is left out from then on."""
    shutil.rmtree(workspace.root / "katas" / PRICE_KATA)
    accepted.until(f"gone: katas/{PRICE_KATA}")
    accepted.write(PYTHON, RIGHT + "\n")
    assert "kata" not in accepted.until("accepted  2 cases").partition("initials")[0][6:]


def test_a_new_kata(accepted: Watching, workspace: Workspace) -> None:
    """A kata that appears is taken in, in a topic that is new too, and judged from then on."""
    for path in ("sql/basics/more_prices", "sql/new/topic/other_prices"):
        workspace.sql_kata(path, **PRICES)
    accepted.until("4 katas: 2 accepted · 2 to do")
    workspace.answer("sql/basics/more_prices", FINE)
    accepted.until("4 katas: 3 accepted · 1 to do")
    workspace.answer("sql/new/topic/other_prices", WRONG)
    accepted.until("4 katas: 3 accepted · 1 wrong answer")


def test_a_new_kata_that_is_not_selected(watch, workspace: Workspace) -> None:
    """``-k`` holds for it too."""
    one = watch("-k", "initials or pens")
    one.until("1 kata: 1 to do")
    workspace.sql_kata("sql/basics/inks", **PRICES)
    workspace.sql_kata("sql/basics/pens", **PRICES)
    one.until("2 katas: 2 to do")
    workspace.answer("sql/basics/inks", WRONG)
    assert one.silence(1.0).strip() == ""


def test_one_case(watch) -> None:
    """Node ids choose cases, as they do for pytest."""
    one = watch(f"{ANSWER}::edge_unknown")
    one.until("it is judged")
    one.write(ANSWER, FINE)
    one.until("accepted  1 case")
    one.write(ANSWER, WRONG)
    one.until("wrong answer  0 of 1 cases")
    assert "sample" not in one.until(f"{ANSWER}\n")


def test_a_file_that_judging_changes(watch, workspace: Workspace) -> None:
    """What changes whenever a kata is judged does not have it judged for ever."""
    workspace.write(
        "conftest.py",
        f"""
        def pytest_prep_verdict(kata, case, verdict):
            with open("katas/{PRICE_KATA}/verdicts.log", "a") as log:
                print(kata, case, file=log)
        """,
    )
    one = watch()
    one.until("it is judged")
    one.write(ANSWER, FINE)
    one.until("ignored, since judging changes it: .*/verdicts.log")
    one.until("accepted  2 cases")
    one.until(END)
    assert one.silence(1.0).strip() == ""


def test_the_search_comes_last(watch, workspace: Workspace) -> None:
    """What the cases do not notice is found on generated data, after *accepted so far*."""
    text = (workspace.root / "pyproject.toml").read_text()
    workspace.write("pyproject.toml", text.replace('seconds = "0"', 'seconds = "1"'))
    one = watch()
    one.until("it is judged")
    one.write(ANSWER, f"{FINE} WHERE item <> 'none'")
    one.write(ANSWER, f"{FINE} WHERE price IS NULL OR price < 100")
    assert "accepted so far  2 cases" in one.until("wrong answer  2 of 3")
    one.until("the smallest data found")
    one.write(ANSWER, FINE)
    one.until("accepted so far")
    one.until(END)
    one.write(ANSWER, WRONG)
    said = one.until(END)
    assert "accepted  3 cases" not in said
    assert "wrong answer  0 of 2" in said


def test_without_watchfiles(watch, workspace: Workspace) -> None:
    """It looks for changes by the clock, and says how to be quicker."""
    workspace.write(
        "conftest.py",
        """
        import sys

        sys.modules["watchfiles"] = None
        """,
    )
    one = watch()
    said = one.until("it is judged")
    assert "pip install 'pytest-prep[watch]'" in said
    one.write(ANSWER, WRONG)
    one.until("wrong answer  0 of 2")
    one.until(END)
    one.save(ANSWER, FINE)
    one.until("accepted  2 cases")


@pytest.mark.skipif(sys.platform != "linux", reason="children are looked up in /proc")
def test_a_kill_leaves_no_process(watch) -> None:
    """Even SIGKILL takes the children with it."""
    from watching import all_gone

    one = watch()
    one.until("it is judged")
    one.write(PYTHON, SLOW)
    one.silence(1.0)
    below = one.processes()
    one.process.kill()
    assert all_gone(below)
