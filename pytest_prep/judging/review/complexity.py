"""How branched Python functions are: cyclomatic complexity (McCabe, 1976), counted by radon."""

from __future__ import annotations

from pytest_prep.judging.review.model import Finding, Measure, not_measured

NAME = "complexity"
#: More independent paths than this are hard to test; McCabe's own limit.
LIMIT = 10


def complexity_of(code: str, reference: str) -> tuple[Measure, list[Finding]]:
    """Return the complexity of the most branched function, beside the reference's."""
    try:
        from radon.complexity import cc_visit
    except ImportError:
        return not_measured(NAME, "radon is not installed (pip install 'pytest-prep[review]')"), []
    blocks = [block for block in cc_visit(code) if block.letter in "FM"]
    theirs = max((b.complexity for b in cc_visit(reference) if b.letter in "FM"), default=1)
    if not blocks:
        return not_measured(NAME, "the answer has no function"), []
    worst = max(blocks, key=lambda block: int(block.complexity))
    measure = Measure(
        NAME,
        f"{worst.complexity} paths in {worst.name}, reference {theirs}",
        {"worst": float(worst.complexity), "reference": float(theirs)},
    )
    findings = [
        Finding(
            "complexity",
            f"{block.name} has {block.complexity} independent paths (more than {LIMIT})",
            "nobody can hold that many in mind while you explain it, and each one wants a test",
            "split it where it changes the subject; let a table or a guard replace branches",
            int(block.lineno),
            min(4 + int(block.complexity) - LIMIT, 10),
        )
        for block in blocks
        if block.complexity > LIMIT
    ]
    return measure, findings
