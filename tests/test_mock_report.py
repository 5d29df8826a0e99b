"""The report of an interview: HTML that is safe and whole, a PDF of one page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from papers import Clock, Desk, paper

from pytest_prep.judging.difference import Difference, Line
from pytest_prep.judging.verdict import Timing, Verdict
from pytest_prep.modes.mock.core import begin
from pytest_prep.modes.mock.journal import Journal
from pytest_prep.modes.mock.past import Gap, calibration
from pytest_prep.modes.mock.result import result_of
from pytest_prep.report.interview import write_reports
from pytest_prep.report.interview_html import html_report, markdown
from pytest_prep.report.interview_pdf import NoPdf, page_data, pdf_report
from pytest_prep.report.interview_run import told
from pytest_prep.report.interview_text import headline, text_report

EVIL = "<script>alert(1)</script> & \"quotes\" 'too' </pre><img src=x onerror=y> #[] $x$ \\"

VOID = {"meta", "line", "br", "hr", "img"}


class Whole(HTMLParser):
    """Counts elements, and complains about one that is not closed."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@pytest.fixture
def result(tmp_path):
    """The result of an interview with every kind of stage, full of characters that mean harm."""
    clock, desk = Clock(), Desk()
    interview = begin(
        paper("code", "choice", "talk", "design"), Journal(tmp_path / "i"), clock, desk
    )
    interview.start()
    clock.seconds += 60
    interview.hint()
    desk.text = EVIL
    number, _ = interview.run()
    slow = Timing(0.4, 0.1, 5.0, 1.0)
    verdicts = {
        "sample": Verdict("accepted").to_dict(),
        "edge_a": Verdict("wrong_answer", EVIL).to_dict(),
        "real": Verdict("accepted", timing=slow).to_dict(),
    }
    interview.ran((0, 0), number, verdicts)
    interview.submit()
    interview.choose([1])
    interview.choose([1])
    interview.submit()
    interview.answer("situation", EVIL)
    interview.submit()
    interview.submit()
    interview.submit()
    interview.ask("the rate?")
    interview.estimate("volume", 900)
    interview.note(EVIL)
    interview.submit()
    finding = {"rule": "r", "what": EVIL, "why": "w", "mend": EVIL, "line": 3, "points": 20}
    measure = {"name": "time", "text": EVIL}
    review = {"score": 80, "findings": [finding], "measures": [measure]}
    interview.judged((0, 0), verdicts, review, EVIL)
    interview.predict(40)
    interview.mark((3, 0), "clear", 4, "partner")
    interview.action(EVIL)
    interview.finish()
    return result_of(interview.state)


def test_measured_and_self_scored_stay_apart(result):
    """Code and questions make the score; marks make another one."""
    assert (result["score"], result["self_score"]) == (54.5, 100.0)
    kinds = [(stage["kind"], stage["measured"]) for stage in result["stages"]]
    assert kinds == [("code", True), ("choice", True), ("talk", False), ("design", False)]
    assert result["stages"][1]["score"] == 50
    assert result["stages"][2]["score"] is None
    text = text_report(result)
    assert "self-scored 100 of 100\n" in text
    assert "4 Clear (partner): very" in text
    assert "hire" not in text.lower()


def test_the_page_is_whole_and_harmless(result):
    """All that was typed is text; no script, no link to anywhere, every element closed."""
    page = html_report(result)
    parser = Whole()
    parser.feed(page)
    assert parser.open == []
    tags = {tag for tag, _ in parser.seen}
    assert not tags & {"script", "img", "link", "iframe"}
    assert not [attrs for _, attrs in parser.seen if any(name.startswith("on") for name in attrs)]
    assert "&lt;script&gt;" in page
    assert "http" not in re.sub(r"http-equiv", "", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_markdown_of_others_is_harmless():
    """Raw HTML is shown, a link to a script is none."""
    made = markdown("# Hi <b>x</b>\n\n[a](javascript:alert(1)) **bold**")
    assert "<strong>bold</strong>" in made
    assert "<b>" not in made
    assert "href" not in made


def test_the_pdf_is_one_page(result):
    """However much there is to say."""
    pytest.importorskip("typst")
    assert pdf_report(result).startswith(b"%PDF-")
    long = result | {"notes": [{"at": 1, "text": EVIL * 9}] * 80, "actions": [EVIL * 9] * 80}
    long["stages"] = result["stages"] * 6
    for one in (result, long):
        made = pdf_report(one, "png")
        assert made.startswith(b"\x89PNG")
        assert made.count(b"IHDR") == 1
        height = int.from_bytes(made[20:24], "big")
        assert height == pytest.approx(297 / 25.4 * 110, abs=2)


def test_without_typst_the_rest_is_written(result, tmp_path, monkeypatch):
    """The line says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(NoPdf, match=r"pip install 'pytest-prep\[pdf\]'"):
        pdf_report(result)
    told = write_reports(result, tmp_path)
    assert [line for line in told if "pip install" in line]
    assert sorted(path.name for path in tmp_path.glob("report.*")) == [
        "report.html",
        "report.json",
        "report.txt",
    ]
    assert json.loads((tmp_path / "report.json").read_text()) == result


def test_a_folder_that_cannot_be_written_is_told(result, tmp_path):
    """Nothing is raised: the journal has it all."""
    told = write_reports(result, tmp_path / "gone")
    assert all("not written" in line or "pip install" in line for line in told)


@pytest.mark.parametrize("width", [40, 80])
def test_the_text_keeps_its_width(result, width):
    """Lines are wrapped at words."""
    lines = text_report(result, width).split("\n")
    assert [line for line in lines if len(line) > width] == []


def test_the_terminal_is_not_at_the_mercy_of_a_text(result):
    """Control characters do not reach it, and an endless message does not fill it."""
    verdict = Verdict("runtime_error", "\x1b[2J[red] " + "y" * 5000, "\x1b[31m" + "z" * 5000)
    item = result["stages"][0]["items"][0]
    item["verdicts"] = {"sample": verdict.to_dict()}
    result["notes"] = [{"at": 1, "text": "a\tb\x1b]0;title\x07 [/]"}]
    text = text_report(result)
    assert "sample: crashed: [2J[red] yyy" in text
    assert "a  b]0;title [/]" in text.replace("0:01 ", "")
    shown = told(item["verdicts"], "counts")
    for lines in (text.split("\n"), shown):
        assert not [line for line in lines if not line.isprintable()]
    assert text.count("y") < 400
    assert max(map(len, shown)) < 500


def test_an_untouched_answer_is_told_once(result):
    """Not once a case."""
    verdicts = {f"test_{n}": Verdict("todo", "still the starter").to_dict() for n in range(7)}
    result["stages"][0]["items"][0]["verdicts"] = verdicts
    assert text_report(result).count("still the starter") == 1
    assert "all 7 cases: to do: still the starter" in text_report(result)


def test_a_wrong_table_is_aligned():
    """Column by column, and within the panel."""
    rows = (Line("~", ("IBM", "2024"), ("IBM", "2023"), (1,)), Line("+", ("A", "1")))
    difference = Difference(
        "missing_rows", "one row more", None, ("symbol", "year"), rows, 0, 0, 2, 1
    )
    verdict = Verdict("wrong_answer", "one row more", difference=difference)
    lines = told({"sample": verdict.to_dict()}, "counts", 40)
    assert lines[1:4] == [
        "    symbol  year",
        "  ~ IBM     2024 → 2023",
        "  + A       1",
    ]


def test_the_page_says_the_same_as_the_result(result):
    """Score, pass mark and prediction, in words and shares."""
    data = page_data(result)
    assert data["score"] == f"{result['score']:g}"
    assert data["share"] == result["score"] / 100
    assert "too low" in data["prediction"] or "too high" in data["prediction"]
    assert {moment["kind"] for moment in data["moments"]} == {"run", "hint", "handed"}


def test_predictions_of_two_kinds_are_not_mixed():
    """Those of measured scores and those of one's own marks are told apart, the latest's only."""
    measured, own = Gap(-20, measured=True), Gap(40, measured=False)
    assert calibration([measured, own]) == ""
    assert calibration([own, measured, Gap(10, measured=True)]) == (
        "your last 2 predictions of measured scores: 15 points off on average, "
        "1 too high, 1 too low"
    )
    assert calibration([own, measured, own]) == (
        "your last 2 predictions of your own marks: 40 points off on average, 2 too high, 0 too low"
    )


def test_a_pass_by_ones_own_marks_is_called_so():
    """It is no measured verdict."""
    result = {"score": None, "self_score": 80, "passed": True, "pass_mark": 65}
    told = headline({**result, "predicted": None, "ended": "submitted"})
    assert told == [
        "self-scored 80 of 100 · pass mark of this script 65: reached by your own marks"
    ]
