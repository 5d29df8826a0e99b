"""What the interviewer says about the item in front: questions back, facts, twists."""

from __future__ import annotations

from pytest_prep.modes.mock.state import State


def asks_back(state: State) -> str:
    """Return what the interviewer asks before a talk is taken, ``""`` where nothing is left.

    At first for the first missing part, where others are written; then what the question's probes
    hold, one after the other.
    """
    if state.phase != "running" or state.current_part.kind != "talk" or state.work.closed:
        return ""
    asked = state.work.asked_back
    missing = "" if asked else _unsaid(state)
    return missing or next((p for p in state.current.data["probes"] if p not in asked), "")


def _unsaid(state: State) -> str:
    sections, answers = state.current.data["sections"], state.work.answers
    missing = [section["title"] for section in sections if not answers.get(section["id"])]
    # Where nothing is written, it was answered aloud.
    return _no(missing[0]) if 0 < len(missing) < len(sections) else ""


def part_asked_for(state: State) -> str:
    """Return the part of the answer that the interviewer asks for, ``""`` where nobody asked.

    The first that is missing after the question for it; afterwards the last that is written.
    """
    if state.phase != "running" or state.current_part.kind != "talk" or not state.work.asked_back:
        return ""
    work, sections = state.work, state.current.data["sections"]
    names = [section["id"] for section in sections]
    for section in sections:
        if work.asked_back[-1] == _no(section["title"]) and not work.answers.get(section["id"]):
            return str(section["id"])
    return str(next((name for name in reversed(names) if work.answers.get(name)), names[-1]))


def _no(title: str) -> str:
    return f"no {title} said"


def told_so_far(state: State) -> list[str]:
    """Return what the interviewer has said about a talk or a design, a line or more each."""
    data, work = state.current.data, state.work
    facts = {fact["id"]: fact["text"] for fact in data.get("facts", [])}
    lines = [f"the interviewer: {question}" for question in work.asked_back]
    for _, question, names in work.asked:
        told = [facts[name] for name in names] or ["no figure: say what you assume"]
        lines.append("\n  → ".join([question, *told]))
    return lines + [f"NEW: {data['twists'][number]['text']}" for number in work.twists]
