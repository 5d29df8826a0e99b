"""The report of an interview as plain lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_prep.content.duration import clock_text
from pytest_prep.judging.verdict import WORDS
from pytest_prep.report.glyphs import plain

#: What ended an interview, in words.
ENDED = {
    "submitted": "everything was handed in",
    "deadline": "the time was over",
    "quit": "stopped by hand",
}


def text_report(result: Mapping[str, Any], width: int = 80) -> str:
    """Return the report, at most ``width`` characters wide where words allow."""
    width = max(30, width)
    fitted = [plain(part) for line in _lines(result, width) for part in _wrapped(line, width)]
    return "\n".join(fitted) + "\n"


def headline(result: Mapping[str, Any]) -> list[str]:
    """Return the score beside the pass mark of the script, and the prediction beside the score.

    Nothing of an interview whose clock has not stopped.
    """
    score, own = result["score"], result["self_score"]
    if not result["ended"]:
        return []
    lines = []
    if score is not None:
        lines.append(f"score {score:g} of 100 · {_mark(result)}")
    if own is not None:
        mark = f" · {_mark(result)}" if score is None else ""
        lines.append(f"self-scored {own:g} of 100{mark}")
    if score is None and own is None:
        lines.append("nothing was scored")
    predicted, shown = result["predicted"], score if score is not None else own
    if predicted is not None and shown is not None:
        gap = round(predicted - shown)
        words = "as predicted" if not gap else f"{abs(gap)} too {'high' if gap > 0 else 'low'}"
        lines.append(f"you predicted {predicted}: {words}")
    return lines


def stage_score(stage: Mapping[str, Any]) -> str:
    """Return a stage's score in words."""
    words = [] if stage["score"] is None else [f"{stage['score']:g}"]
    if not stage["reached"]:
        words.append("not reached")
    elif stage["score"] is None:
        words.append("not scored")
    elif not stage["measured"]:
        words.append("self-scored")
    return ", ".join(words)


def _mark(result: Mapping[str, Any]) -> str:
    reached = "reached" if result["passed"] else "not reached"
    if result["score"] is None:
        reached += " by your own marks"
    return f"pass mark of this script {result['pass_mark']}: {reached}"


def _lines(result: Mapping[str, Any], width: int) -> Iterator[str]:
    yield f"{result['title']} · {result['interview']}"
    used = f"{clock_text(result['seconds'])} of {clock_text(result['duration'])}"
    ended = ENDED.get(result["ended"], result["ended"] or "not ended")
    yield f"{used} · {ended} · seed {result['seed']}"
    yield ""
    yield from headline(result)
    for stage in result["stages"]:
        if not stage["items"]:
            continue
        yield ""
        if not stage["reached"]:
            yield f"== {stage['title']}: {stage_score(stage)}"
            continue
        planned = f"{clock_text(stage['spent'])} of {clock_text(stage['time'])}"
        yield f"== {stage['title']}: {stage_score(stage)} · {planned}"
        for item in stage["items"]:
            if stage["kind"] == "code":
                yield from _code(item, width)
            elif stage["kind"] == "choice":
                yield from _choice(item, width)
            else:
                yield from _talk(item, width)
    if result["notes"]:
        yield from ("", "notes")
        for note in result["notes"]:
            yield from _wrapped(f"{clock_text(note['at'])} {note['text']}", width)
    if result["actions"]:
        yield from ("", "action items")
        for action in result["actions"]:
            yield from _wrapped(f"- {action}", width)


def _code(item: Mapping[str, Any], width: int) -> Iterator[str]:
    yield ""
    yield f"{item['title']} ({item['level']}) · {item['path']}"
    yield from table(item["lines"], width)
    yield f"  {'total':12} {item['score']:6.1f}"
    wrong = [(c, v) for c, v in item["verdicts"].items() if v["status"] != "accepted"]
    if len(wrong) > 1 and all(verdict["status"] == "todo" for _, verdict in wrong):
        wrong = [(f"all {len(wrong)} cases", wrong[0][1])]
    for case, verdict in wrong:
        summary = f": {cut(verdict['summary'])}" if verdict["summary"] else ""
        yield from _wrapped(f"{case}: {WORDS[verdict['status']]}{summary}", width)
    review = item["review"] or {"findings": [], "measures": []}
    for finding in review["findings"]:
        line = f"line {finding['line']}: " if finding["line"] else ""
        yield f"review -{finding['points']}: {line}{finding['what']}; {finding['mend']}"
    for measure in review["measures"]:
        yield f"{measure['name']}: {measure['text']}"
    if item["runs"]:
        runs = ", ".join(
            f"{clock_text(run['at'])} {run['right']}/{run['cases']}"
            if run["cases"]
            else clock_text(run["at"])
            for run in item["runs"]
        )
        yield from _wrapped(f"runs (cases right): {runs}", width)


def cut(text: str, most: int = 220) -> str:
    """Return a text in one line of at most so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def table(lines: list[Mapping[str, Any]], width: int) -> Iterator[str]:
    """Yield the table of a score: what, points, of how many, how."""
    for line in lines:
        points = "   n/a" if line["points"] is None else f"{line['points']:6.1f}"
        of = f"of {line['of']:g}" if line["of"] else ""
        head = f"  {line['what']:12} {points} {of:6}  "
        if width < 60:
            yield head.rstrip()
            head = " " * 4
        yield from textwrap.wrap(
            line["how"], width, initial_indent=head, subsequent_indent=" " * len(head)
        ) or [head.rstrip()]


def _choice(item: Mapping[str, Any], width: int) -> Iterator[str]:
    yield from _wrapped(f"{'right' if item['right'] else 'wrong'}: {item['title']}", width)
    if item["right"]:
        return
    for number, option in enumerate(item["options"]):
        yours = item["chosen"] is not None and number in item["chosen"]
        if option["right"] or yours:
            whose = "right" if option["right"] else "yours"
            why = f" ({option['why']})" if option["why"] else ""
            yield from _wrapped(f"    {whose}: {option['text']}{why}", width)


def _talk(item: Mapping[str, Any], width: int) -> Iterator[str]:
    yield ""
    yield from _wrapped(item["title"], width)
    for section in item["sections"]:
        if section["text"]:
            text = section["text"].replace("\n", "\n    ")
            yield from _wrapped(f"  {section['title']}: {text}", width)
    for criterion in item["rubric"]:
        if criterion["mark"] is not None:
            anchor = criterion["anchors"][criterion["mark"] - 1]
            told = f"  {criterion['mark']} {criterion['title']} ({criterion['by']}): {anchor}"
            yield from _wrapped(told, width)
    for estimate in item["estimates"]:
        given = "not given" if estimate["given"] is None else f"{estimate['given']:g}"
        word = "right" if estimate["right"] else "off" if estimate["given"] is not None else ""
        yield from _wrapped(
            f"  {estimate['question']} {given} {word} · {estimate['how']}".replace("  ·", " ·"),
            width,
        )
    missed = [fact["text"] for fact in item["facts"] if not fact["told"]]
    for text in missed:
        yield from _wrapped(f"  never asked: {text}", width)


def _wrapped(text: str, width: int) -> list[str]:
    indent = " " * (len(text) - len(text.lstrip()))
    lines: list[str] = []
    for line in text.expandtabs(4).split("\n"):
        if len(line) <= width:
            lines.append(line)
            continue
        lines += textwrap.wrap(line, width, subsequent_indent=f"{indent}  ") or [""]
    return lines
