"""The report of an interview as a PDF of one page, set by typst (extra ``pdf``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

from pytest_prep.content.duration import clock_text
from pytest_prep.judging.verdict import WORDS
from pytest_prep.report.interview_text import ENDED, cut, headline, stage_score

#: Lines of a list: what does not fit is in the other forms.
_MANY = 12
#: Columns and lines of a source text.
_WIDE, _TALL = 160, 40


class NoPdf(Exception):
    """There is nothing to make a PDF with; the message says what to install."""


def pdf_report(result: Mapping[str, Any], form: Literal["pdf", "png"] = "pdf") -> bytes:
    """Return the page as ``pdf``, or as ``png`` to look at.

    Raises:
        NoPdf: typst is not installed, or cannot set the page.
    """
    try:
        import typst
    except ImportError as error:
        raise NoPdf("with a PDF too: pip install 'pytest-prep[pdf]'") from error
    source = files("pytest_prep.report").joinpath("interview.typ").read_bytes()
    inputs = {"data": json.dumps(page_data(result), ensure_ascii=False)}
    try:
        compiler = typst.Compiler(source, ignore_system_fonts=True, sys_inputs=inputs)
        made = compiler.compile(format=form, ppi=110 if form == "png" else None)
    except (RuntimeError, ValueError) as error:
        raise NoPdf(f"no PDF: {error}") from error
    assert isinstance(made, bytes), "one page"
    return made


def page_data(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands on the page: texts, and shares from 0 to 1."""
    score, own = result["score"], result["self_score"]
    shown = score if score is not None else own
    whole = max(result["duration"], result["seconds"], 1)
    lines = headline(result)
    used = f"{clock_text(result['seconds'])} of {clock_text(result['duration'])}"
    ended = ENDED.get(result["ended"], result["ended"])
    passed = "" if shown is None else "reached" if result["passed"] else "not reached"
    moments = [
        {"share": moment["at"] / whole, "kind": moment["what"].split()[0]}
        for moment in result["timeline"]
        if moment["what"].split()[0] in ("run", "hint", "handed", "twist")
    ]
    return {
        "title": result["title"],
        "about": f"{result['interview']} · {used} · {ended} · seed {result['seed']}",
        "score": "–" if shown is None else f"{shown:g}",
        "score_word": " of 100" + (", self-scored" if score is None and own is not None else ""),
        "share": (shown or 0) / 100,
        "passed": result["passed"],
        "mark": f"pass mark of this script {result['pass_mark']}" + (f": {passed}" * bool(passed)),
        "prediction": next((line for line in lines if line.startswith("you predicted")), ""),
        "used": result["seconds"] / whole,
        "moments": moments,
        "legend": "green: a run · amber: a hint · black: handed in"
        + (" · red: a twist" * any(moment["kind"] == "twist" for moment in moments)),
        "stages": [_stage(stage) for stage in result["stages"] if _is_told(stage)],
        "notes": [cut(n["text"]) for n in result["notes"][:_MANY]],
        "actions": [cut(action) for action in result["actions"][:_MANY]],
    }


def _is_told(stage: Mapping[str, Any]) -> bool:
    return bool(stage["items"]) and (stage["reached"] or stage["score"] is not None)


def _stage(stage: Mapping[str, Any]) -> dict[str, Any]:
    told: list[str] = []
    lines: list[dict[str, Any]] = []
    for item in stage["items"]:
        if stage["kind"] == "code":
            lines += [_line(line) for line in item["lines"]]
            told += [
                f"{case}: {WORDS[verdict['status']]}"
                + (f": {verdict['summary']}" if verdict["summary"] else "")
                for case, verdict in item["verdicts"].items()
                if verdict["status"] != "accepted"
            ]
            review = item["review"] or {"findings": []}
            told += [f"review -{f['points']}: {f['what']}" for f in review["findings"]]
        elif stage["kind"] == "choice":
            told += [] if item["right"] else [f"wrong: {item['title']}"]
        else:
            lines += [
                {
                    "what": cut(criterion["title"], 90),
                    "points": f"{criterion['mark']} of 4",
                    "share": criterion["mark"] / 4,
                    "how": cut(criterion["anchors"][criterion["mark"] - 1], 90),
                }
                for criterion in item["rubric"]
                if criterion["mark"] is not None
            ]
            given = [estimate for estimate in item["estimates"] if estimate["given"] is not None]
            if given:
                right = sum(estimate["right"] for estimate in given)
                told.append(f"estimates: {right} of {len(item['estimates'])} within their factor")
            missed = sum(not fact["told"] for fact in item["facts"])
            if missed:
                told.append(f"never asked for: {missed} of {len(item['facts'])} facts")
    titles = " · ".join(item["title"] for item in stage["items"])
    planned = f"{clock_text(stage['spent'])} of {clock_text(stage['time'])}"
    return {
        "title": stage["title"],
        "score": stage_score(stage),
        "about": cut(f"{planned} · {titles}"),
        "lines": lines,
        "talk": not stage["measured"],
        "told": [cut(text) for text in told[:_MANY]],
        "sources": [
            [
                _source("your answer", item["answer"], item["suffix"]),
                _source("the reference", item["reference"], item["suffix"]),
            ]
            for item in stage["items"]
            if stage["kind"] == "code" and item["answer"]
        ],
    }


def _source(title: str, text: str, suffix: str) -> dict[str, str]:
    lines = [line if len(line) <= _WIDE else f"{line[: _WIDE - 1]}…" for line in text.split("\n")]
    shown = "\n".join(lines[:_TALL]).strip("\n") + ("\n…" if len(lines) > _TALL else "")
    return {"title": title, "text": shown, "lang": "sql" if suffix == ".sql" else "python"}


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    points = line["points"]
    return {
        "what": line["what"],
        "points": "n/a" if points is None else f"{points:.1f}",
        "share": points / line["of"] if points is not None and line["of"] else None,
        "how": cut(line["how"], 90),
    }
