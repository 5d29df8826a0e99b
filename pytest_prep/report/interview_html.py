"""The report of an interview as one HTML file that needs nothing else and can be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from pytest_prep.content.duration import clock_text
from pytest_prep.judging.verdict import WORDS
from pytest_prep.report.interview_text import ENDED, headline, stage_score


def html_report(result: Mapping[str, Any]) -> str:
    """Return the page. Every text of the learner's and of the katas is escaped."""
    style = files("pytest_prep.report").joinpath("interview.css").read_text(encoding="utf-8")
    title = escape(f"{result['title']} · {result['interview']}")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(_page(result))
        + "\n</main>\n</body>\n</html>\n"
    )


def _page(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h1>{escape(result['title'])}</h1>"
    used = f"{clock_text(result['seconds'])} of {clock_text(result['duration'])}"
    ended = ENDED.get(result["ended"], result["ended"])
    yield (
        f'<p class="quiet">{escape(result["interview"])} · {used} · {escape(ended)} · '
        f"seed {result['seed']}</p>"
    )
    lines = headline(result)
    yield f'<p class="score">{escape(lines[0])}</p>'
    yield from (f"<p>{escape(line)}</p>" for line in lines[1:])
    yield from _timeline(result)
    for stage in result["stages"]:
        if not stage["items"]:
            continue
        yield f"<section><h2>{escape(stage['title'])}: {stage_score(stage)}</h2>"
        if not stage["reached"]:
            yield "</section>"
            continue
        planned = f"{clock_text(stage['spent'])} of {clock_text(stage['time'])}"
        yield f'<p class="quiet">{planned}</p>'
        show = {"code": _code, "choice": _choice}.get(stage["kind"], _talk)
        for item in stage["items"]:
            yield "<article>"
            yield from show(item)
            yield "</article>"
        yield "</section>"
    if result["notes"]:
        notes = [f"{clock_text(note['at'])} {note['text']}" for note in result["notes"]]
        yield from _list("Notes", notes)
    yield from _list("Action items", result["actions"])


def _timeline(result: Mapping[str, Any]) -> Iterator[str]:
    whole = max(result["duration"], result["seconds"], 1)
    marks = []
    for moment in result["timeline"]:
        x = 10 + 780 * moment["at"] / whole
        kind = moment["what"].split()[0]
        told = escape(f"{clock_text(moment['at'])} {moment['what']}")
        place = f'class="{escape(kind)}" cx="{x:.1f}" cy="20" r="6"'
        marks.append(f"<circle {place}><title>{told}</title></circle>")
    end = 10 + 780 * result["seconds"] / whole
    yield (
        '<svg class="timeline" viewBox="0 0 800 40" role="img" aria-label="timeline">'
        '<line x1="10" y1="20" x2="790" y2="20"/>'
        f'<line class="used" x1="10" y1="20" x2="{end:.1f}" y2="20"/>{"".join(marks)}</svg>'
    )
    rows = [(clock_text(moment["at"]), moment["what"]) for moment in result["timeline"]]
    yield f"<details><summary>timeline, {len(rows)} entries</summary>"
    yield from _table(("at", "what"), rows)
    yield "</details>"


def _code(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h3>{escape(item['title'])}</h3>"
    yield f'<p class="quiet">{escape(item["level"])} · {escape(item["path"])}</p>'
    rows = [
        (
            line["what"],
            "n/a" if line["points"] is None else f"{line['points']:.1f}",
            f"{line['of']:g}" if line["of"] else "",
            line["how"],
        )
        for line in item["lines"]
    ]
    rows.append(("total", f"{item['score']:.1f}", "100", ""))
    yield from _table(("points for", "points", "of", "how they came about"), rows)
    verdicts = [
        (case, WORDS[verdict["status"]], verdict["summary"])
        for case, verdict in item["verdicts"].items()
    ]
    if verdicts:
        right = sum(words == WORDS["accepted"] for _, words, _ in verdicts)
        yield f"<details><summary>cases: {right} of {len(verdicts)} accepted</summary>"
        yield from _table(("case", "verdict", "why"), verdicts)
        yield "</details>"
    if item["review"]:
        found = [
            (
                f"line {f['line']}" if f["line"] else "",
                f"-{f['points']}",
                f"{f['what']} {f['why']}",
                f["mend"],
            )
            for f in item["review"]["findings"]
        ]
        if found:
            yield from _table(("review", "points", "what and why", "mend"), found)
        measures = [(m["name"], m["text"]) for m in item["review"]["measures"]]
        yield from _table(("measured", ""), measures)
    for number, hint in enumerate(item["hints"], 1):
        told = f"hint {number} at {clock_text(hint['at'])}, -{hint['cost']}: {hint['text']}"
        yield f"<p>{escape(told)}</p>"
    yield from _source("your answer", item["answer"], shown=True)
    yield from _source("the reference", item["reference"])
    for save in item["saves"]:
        yield from _source(f"saved at {clock_text(save['at'])}", save["text"])


def _choice(item: Mapping[str, Any]) -> Iterator[str]:
    word = "right" if item["right"] else "wrong"
    yield f'<h3><span class="{word}">{word}</span></h3>'
    yield markdown(item["text"])
    yield "<ul>"
    for number, option in enumerate(item["options"]):
        signs = ["right"] if option["right"] else []
        if item["chosen"] is not None and number in item["chosen"]:
            signs.append("yours")
        sign = f" <strong>({', '.join(signs)})</strong>" if signs else ""
        yield f"<li>{markdown(option['text'])}{sign}{markdown(option['why'])}</li>"
    yield "</ul>"
    yield markdown(item["why"])


def _talk(item: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h3>{escape(item['title'])}</h3>"
    if item["text"] != item["title"]:
        yield markdown(item["text"])
    for section in item["sections"]:
        if section["text"]:
            yield f"<h4>{escape(section['title'])}</h4>"
            yield f'<p class="typed">{escape(section["text"])}</p>'
    rows = [
        (
            criterion["title"],
            f"{criterion['mark']} ({criterion['by']})",
            criterion["anchors"][criterion["mark"] - 1],
        )
        for criterion in item["rubric"]
        if criterion["mark"] is not None
    ]
    if rows:
        yield from _table(("criterion", "mark, self-scored", "what it stands for"), rows)
    estimates = [
        (
            e["question"],
            "–" if e["given"] is None else f"{e['given']:g}",
            "right" if e["right"] else "off" if e["given"] is not None else "not given",
            f"{e['how']} (within × {e['factor']:g})",
        )
        for e in item["estimates"]
    ]
    if estimates:
        yield from _table(("estimate", "yours", "", "worked out"), estimates)
    yield from _list("Asked", [asked["question"] for asked in item["asked"]])
    yield from _list("Never asked", [fact["text"] for fact in item["facts"] if not fact["told"]])
    points = [f"{part}: {text}" for part, texts in item["points"].items() for text in texts]
    yield from _list("What belongs in", points)
    yield from _list("Signs of a weak answer", item["weak"])
    yield from _list("Asked next", item["probes"])
    yield from _list("Common mistakes", item["mistakes"])
    if item["model"]:
        model = markdown(item["model"])
        yield f"<details><summary>an example of an answer</summary>{model}</details>"


def markdown(text: str) -> str:
    """Return Markdown as HTML; raw HTML in it is shown as text, unsafe links are no links."""
    if not text:
        return ""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


def _source(title: str, text: str, *, shown: bool = False) -> Iterator[str]:
    if text:
        opened = " open" if shown else ""
        yield f"<details{opened}><summary>{escape(title)}</summary>"
        yield f"<pre>{escape(text)}</pre></details>"


def _list(title: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"<h4>{escape(title)}</h4><ul>"
        yield from (f"<li>{escape(text)}</li>" for text in texts)
        yield "</ul>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    yield f'<div class="wide"><table><thead><tr>{cells}</tr></thead><tbody>'
    for row in rows:
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table></div>"
