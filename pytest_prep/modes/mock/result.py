"""The result of an interview as plain data: what every form of the report is made of."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pytest_prep.modes.mock.paper import Item, Part
from pytest_prep.modes.mock.score import (
    Score,
    choice_score,
    code_score,
    is_right,
    rubric_score,
    whole_score,
)
from pytest_prep.modes.mock.state import State, Work

#: The form of the data; raised when a key changes its meaning.
VERSION = 1

#: Lines of the journal that stand in the timeline.
_SHOWN = {
    "start": "start",
    "hint": "hint",
    "run": "run",
    "submit": "handed in",
    "close": "stage over",
    "twist": "twist",
    "ask": "asked",
    "probe": "the interviewer asked back",
    "over": "clock stopped",
    "resumed": "went on",
}


def result_of(state: State) -> dict[str, Any]:
    """Return everything a report shows: None, bool, int, float, str, lists and dicts of these."""
    paper = state.paper
    stages = [_stage(state, number) for number in range(len(paper.parts))]
    measured = [(s["weight"], s["score"]) for s in stages if s["measured"]]
    own = [
        (s["weight"], s["score"]) for s in stages if not s["measured"] and s["score"] is not None
    ]
    score, self_score = whole_score(measured), whole_score(own)
    shown = score if score is not None else self_score
    return {
        "version": VERSION,
        "interview": paper.id,
        "script": paper.script,
        "title": paper.title,
        "kind": paper.kind,
        "began": state.timeline[0]["clocks"]["wall"],
        "duration": paper.duration,
        "seconds": state.seconds,
        "ended": state.why,
        "seed": paper.seed,
        "pass_mark": paper.pass_mark,
        "score": score,
        "self_score": self_score,
        "passed": None if shown is None else shown >= paper.pass_mark,
        "predicted": state.predicted,
        "stages": stages,
        "timeline": [_moment(entry) for entry in state.timeline if entry["do"] in _SHOWN],
        "notes": [{"at": at, "text": text} for at, text in state.notes],
        "actions": list(state.actions),
    }


def _stage(state: State, number: int) -> dict[str, Any]:
    part = state.paper.parts[number]
    works = state.works[number]
    pairs = list(zip(part.items, works, strict=True))
    items = [_item(state, part, item, work) for item, work in pairs]
    scores = [entry["score"] for entry in items if entry["score"] is not None]
    if part.kind == "choice":
        total: float | None = choice_score([entry["right"] for entry in items]).total
    else:
        total = round(sum(scores) / len(scores), 1) if scores else None
    return {
        "id": part.id,
        "title": part.title,
        "kind": part.kind,
        "measured": part.kind in ("code", "choice"),
        "reached": number <= state.part,
        "weight": part.weight,
        "time": part.time,
        "spent": round(sum(work.spent for work in works), 1),
        "score": total,
        "items": items,
        "say": list(part.say),
        "ask": list(part.ask),
        "commits": list(part.commits),
    }


def _item(state: State, part: Part, item: Item, work: Work) -> dict[str, Any]:
    about = {"id": item.id, "title": item.title, "spent": round(work.spent, 1)}
    if part.kind == "code":
        return about | _code(state, part, item, work)
    if part.kind == "choice":
        return about | _choice(item, work)
    return about | _talk(item, work)


def _code(state: State, part: Part, item: Item, work: Work) -> dict[str, Any]:
    costs = state.paper.hints[: len(work.hints)]
    verdicts = work.verdicts or {}
    tests, tests_how = _own_tests(part, item, work)
    score = code_score(
        verdicts,
        hints=costs,
        spent=work.spent,
        allowed=part.share_of(item),
        quality=work.review["score"] if work.review else None,
        quality_how=_quality_how(work.review),
        tests=tests,
        tests_how=tests_how,
    )
    return {
        "score": score.total,
        "lines": _lines(score),
        "path": item.data["path"],
        "level": item.data["level"],
        "minutes": item.minutes,
        "topics": item.data["topics"],
        "suffix": item.data["suffix"],
        "hints": [
            {"at": at, "cost": cost, "text": text}
            for at, cost, text in zip(work.hints, costs, item.data["hints"], strict=False)
        ],
        "runs": [
            {
                "at": run.at,
                "right": sum(is_right(v) for v in run.verdicts.values()) if run.verdicts else None,
                "cases": len(run.verdicts) if run.verdicts else None,
            }
            for run in work.runs
        ],
        "saves": [{"at": at, "text": text} for at, text in work.saves],
        "answer": work.final or "",
        "reference": work.reference,
        "tests": work.tests,
        "review": work.review,
        "verdicts": verdicts,
        "kept": work.kept,
    }


def _own_tests(part: Part, item: Item, work: Work) -> tuple[float | None, str]:
    """Return the share that the candidate's own tests earn, and how it came about."""
    if not part.tests or item.data["suffix"] != ".py":
        return None, "not asked for"
    if not work.tests.strip():
        return 0.0, "asked for, none written"
    if not work.tested:
        return None, "could not be tried"
    caught, of = work.tested["caught"], work.tested["of"]
    if work.tested["problem"]:
        return 0.0, work.tested["problem"]
    if not of:
        return None, "no wrong answer is known to catch"
    return caught / of, f"pass on the reference, catch {caught} of {of} wrong answers"


def _quality_how(review: dict[str, Any] | None) -> str:
    if review is None:
        return "nothing to review"
    count = len(review["findings"])
    return f"review {review['score']} of 100, {count} finding{'s' * (count != 1)}"


def _choice(item: Item, work: Work) -> dict[str, Any]:
    options = item.data["options"]
    wanted = [number for number, option in enumerate(options) if option["right"]]
    return {
        "score": None,
        "right": work.chosen == wanted,
        "text": item.text,
        "options": options,
        "chosen": work.chosen,
        "why": item.data["why"],
    }


def _talk(item: Item, work: Work) -> dict[str, Any]:
    rubric = item.data["rubric"]
    score = rubric_score([mark for mark, _ in work.marks.values()], len(rubric))
    from pytest_prep.content.scenario import Estimate, within

    estimates = [
        raw
        | {
            "given": work.estimates.get(raw["id"]),
            "right": raw["id"] in work.estimates
            and within(Estimate(**raw), work.estimates[raw["id"]]),
        }
        for raw in item.data.get("estimates", [])
    ]
    told = {name for _, _, names in work.asked for name in names}
    return {
        "score": score.total if score else None,
        "lines": _lines(score) if score else [],
        "text": item.text,
        "sections": [
            section | {"text": work.answers.get(section["id"], "")}
            for section in item.data["sections"]
        ],
        "rubric": [
            criterion
            | {
                "mark": work.marks[criterion["id"]][0] if criterion["id"] in work.marks else None,
                "by": work.marks[criterion["id"]][1] if criterion["id"] in work.marks else "",
            }
            for criterion in rubric
        ],
        "estimates": estimates,
        "facts": [fact | {"told": fact["id"] in told} for fact in item.data.get("facts", [])],
        "asked": [{"at": at, "question": text} for at, text, _ in work.asked],
        "twists": item.data.get("twists", []),
        "probes": item.data.get("probes", []),
        "points": item.data.get("points", {}),
        "weak": item.data.get("weak", []),
        "mistakes": item.data.get("mistakes", []),
        "model": item.data["model"],
    }


def _lines(score: Score) -> list[dict[str, Any]]:
    return [asdict(line) for line in score.lines]


def _moment(entry: dict[str, Any]) -> dict[str, Any]:
    what = _SHOWN[entry["do"]]
    if entry["do"] in ("close", "over"):
        what += f" ({entry['why']})"
    elif "number" in entry:
        what += f" {entry['number'] + (entry['do'] == 'twist')}"
    return {"at": entry["at"], "what": what}
