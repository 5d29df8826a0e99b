"""The style of Python code, asked of ruff where it is installed: findings and a score."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from pytest_prep.judging.review.model import Finding, Measure, not_measured
from pytest_prep.judging.review.tools import ask, find_tool

NAME = "style"
#: Rules that a reviewer would speak of; nothing about documentation or taste.
SELECT = "E,W,F,B,C4,SIM,RET,PERF,PIE,N,A,UP,PLR1714,PLR5501,RUF005,RUF015,S110"
LINE_LENGTH = 100
#: All style findings together take off this many points of a review at most.
CAP = 25
#: Findings of one rule that are told one by one; the rest are counted.
TOLD = 5
#: Families of rules: what a finding weighs in the style score, and why it matters in an interview.
_WHY = {
    "F": (5.0, "it is a mistake or a left-over: the first thing that a reviewer sees"),
    "B": (3.0, "it works until it does not: interviewers know these traps by heart"),
    "PERF": (1.0, "it does more work than it has to"),
    "S": (3.0, "an error that is swallowed comes back where nobody looks for it"),
    "A": (2.0, "it hides a built-in name, and the next line may need that one"),
}
_OTHERS = (1.0, "reading it costs more than it has to, and the reader is the interviewer")
_BROKEN = "invalid-syntax"


def style_of(code: str) -> tuple[Measure, list[Finding]]:
    """Return a style score out of 100, and what ruff found.

    The score is pylint's form of it: 100 × (1 - 10 × the findings' weights / statements), where a
    finding weighs 1 to 5 tenths of pylint's error.
    """
    tool = find_tool("ruff")
    if tool is None:
        return not_measured(NAME, "ruff is not installed (pip install 'pytest-prep[review]')"), []
    command = (
        tool, "check", "--isolated", "--no-cache", "--select", SELECT, "--line-length",
        str(LINE_LENGTH), "--output-format", "json", "--stdin-filename", "answer.py", "-",
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="prep-") as folder:
        told = ask(command, code, Path(folder))
        formatted = ask(
            (tool, "format", "--isolated", "--no-cache", "--line-length", str(LINE_LENGTH),
             "--stdin-filename", "answer.py", "-"),
            code,
            Path(folder),
        )  # fmt: skip
    try:
        findings = [_finding(entry) for entry in json.loads(told or "")]
    except (ValueError, LookupError, TypeError):
        return not_measured(NAME, "ruff gave no answer"), []
    if any(finding.rule == _BROKEN for finding in findings):
        return not_measured(NAME, "the code does not parse"), []
    weight = sum(_family(finding.rule)[0] for finding in findings)
    score = round(max(0.0, 100 * (1 - weight / max(_statements(code), 1))))
    if formatted and formatted.rstrip() != code.rstrip():
        findings.append(_layout())
    text = f"{score} of 100 (ruff: {len(findings)} finding{'s' if len(findings) != 1 else ''})"
    return Measure(NAME, text, {"score": float(score)}), _shortened(_capped(findings))


def _finding(entry: dict[str, object]) -> Finding:
    rule = str(entry["code"] or _BROKEN)
    place = entry["location"]
    line = int(place["row"]) if isinstance(place, dict) else None
    fix = entry.get("fix")
    advice = fix.get("message") if isinstance(fix, dict) else None
    weight, why = _family(rule)
    mend = str(advice or f"ruff rule {rule} tells how")
    return Finding(
        f"ruff-{rule}" if rule != _BROKEN else rule,
        str(entry["message"]),
        why,
        mend,
        line,
        round(1 + weight),
    )


def _family(rule: str) -> tuple[float, str]:
    letters = rule.removeprefix("ruff-").rstrip("0123456789")
    return _WHY.get(letters, _OTHERS)


def _statements(code: str) -> int:
    import ast

    return sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(code)))


def _layout() -> Finding:
    return Finding(
        "ruff-format",
        "the layout is uneven",
        "code that looks alike everywhere is read for what it does",
        f"ruff format --line-length {LINE_LENGTH} answer.py",
        points=2,
    )


def _capped(findings: list[Finding]) -> list[Finding]:
    """Return the findings with their points cut so that they sum to the cap at most."""
    left = CAP
    capped = []
    for f in findings:
        points = min(f.points, left)
        left -= points
        capped.append(Finding(f.rule, f.what, f.why, f.mend, f.line, points))
    return capped


def _shortened(findings: list[Finding]) -> list[Finding]:
    """Return the first few findings of each rule, and one with the count and points of the rest."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    short: list[Finding] = []
    for alike in by_rule.values():
        short += alike[:TOLD]
        rest = alike[TOLD:]
        if len(rest) == 1:
            short += rest
        elif rest:
            first = rest[0]
            what = f"and {len(rest):,} more of this rule, from here on"
            points = sum(finding.points for finding in rest)
            short.append(Finding(first.rule, what, first.why, first.mend, first.line, points))
    return short
