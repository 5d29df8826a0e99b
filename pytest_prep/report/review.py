"""A review on the screen: its score, each finding with its mend, what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_prep.judging.review import Finding, Review
    from pytest_prep.report.page import Page

#: Findings told in full; the rest is one line each.
FULL = 12


def show_review(page: Page, review: Review, heading: str, verdict: str) -> None:
    """Write a review.

    Args:
        page: where to.
        review: the review.
        heading: the kata's title and folder.
        verdict: the judge's words, ``""`` where nothing was judged.
    """
    page.heading(heading)
    if verdict:
        page.entry("verdict", verdict)
    if review.score is None:
        page.entry("review", f"nothing to review: {review.problem}")
        return
    page.entry("score", f"{review.score} of 100{_sum(review)}")
    for number, finding in enumerate(review.findings):
        _finding(page, finding, brief=number >= FULL)
    page.line()
    for measure in review.measures:
        page.entry(measure.name, measure.text)
    page.line()
    page.line("The score is about how it is written, not about whether it is right.")


def _sum(review: Review) -> str:
    points = [finding.points for finding in review.findings if finding.points]
    if not points:
        return ""
    floor = ", and no less than 0" if sum(points) > 100 else ""
    return f" (100 - {' - '.join(map(str, points))}{floor})"


def _finding(page: Page, finding: Finding, *, brief: bool) -> None:
    place = f"line {finding.line}: " if finding.line else ""
    if not brief:
        page.line()
    page.entry(f"-{finding.points}", f"{place}{finding.what}", style="bold")
    if not brief:
        page.entry("", f"why: {finding.why}")
        page.entry("", f"mend: {finding.mend}")
