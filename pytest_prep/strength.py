"""``--mutants``: one item a reference that fails where the kata's cases notice no change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pytest

from pytest_prep.content.kata import Kata
from pytest_prep.expected import Unexpected
from pytest_prep.judging.mutants.arguments import HEADING, argued, names_line, read_arguments
from pytest_prep.judging.mutants.mutant import Fate, Outcome
from pytest_prep.nodes import PRACTICE
from pytest_prep.submissions import AuthorItem, SubmissionFile

#: The name under which a report carries the counts, as plain data.
PROPERTY = "mutants"
_WORDS: dict[Outcome, str] = {
    "cases": "killed by the sample and edge cases",
    "real": "only by the real data",
    "generated": "only by generated data",
    "proved": "equivalent",
    "argued": "equivalent, the notes say",
    "survived": "survived",
}
#: Those who pass and are worth a look.
_TITLES: dict[Outcome, str] = {
    "generated": "Killed only by generated data",
    "real": "Killed only by the real data",
    "argued": "Equivalent, by the author's notes",
    "proved": "Equivalent",
}


def mutants_item(parent: SubmissionFile) -> pytest.Item:
    """Return the item that tries the mutants of a reference."""
    if parent.kata.sql:
        return SqlMutants.from_parent(parent, name="mutants")
    from pytest_prep.python_strength import PythonMutants

    return PythonMutants.from_parent(parent, name="mutants")


class MutantsItem(AuthorItem):
    """The mutants of one reference."""

    def conclude(self, fates: list[Fate]) -> None:
        """Tell what became of the mutants.

        Raises:
            Unexpected: one survived, or an argument in the notes is about none that does.
        """
        __tracebackhide__ = True
        outcome = weigh(self.parent.kata, fates)
        self.user_properties.append((PROPERTY, dict(outcome.counts)))
        if outcome.told:
            self.add_report_section("call", "mutants", outcome.told)
        if outcome.problems:
            raise Unexpected("\n\n".join(outcome.problems))


class SqlMutants(MutantsItem):
    """The mutants of an SQL reference, tried on the cases."""

    def runtest(self) -> None:
        """Make the mutants and try them."""
        __tracebackhide__ = True
        from pytest_prep.judging.engine import SqlError
        from pytest_prep.judging.mutants.trial import try_mutants
        from pytest_prep.judging.task import KataBroken

        try:
            fates = try_mutants(self.config.stash[PRACTICE].judge, self.parent.kata)
        except (KataBroken, SqlError) as error:
            raise Unexpected(f"the kata itself is broken: {error}") from None
        self.conclude(fates)


@dataclass(frozen=True)
class Weighed:
    """The fates of a reference's mutants, with the author's arguments taken into account."""

    counts: Counter[Outcome]
    #: The mutants that neither the cases kill nor survive, by fate.
    told: str
    #: What the author has to mend.
    problems: list[str]


def weigh(kata: Kata, fates: list[Fate]) -> Weighed:
    """Look the survivors up in the author's notes.

    Raises:
        ContentError: the notes cannot be read.
    """
    arguments = read_arguments(kata.author_folder / "notes.md")
    used: set[str] = set()
    settled = []
    for fate in fates:
        key = argued(arguments, fate.mutant)
        if key is not None and fate.outcome == "survived":
            used.add(key)
            fate = replace(fate, outcome="argued", why=arguments[key])  # noqa: PLW2901
        elif key is not None and fate.outcome == "proved":
            used.add(key)
        settled.append(fate)
    problems = []
    survivors = [fate for fate in settled if fate.outcome == "survived"]
    if survivors:
        problems.append(
            f"{_number(len(survivors), 'mutant')} survived: add data to a case that shows the "
            f"difference, or say under '{HEADING}' in notes.md why none can\n"
            + "\n".join(_shown(fate) for fate in survivors)
        )
    problems += [_idle(key, fates) for key in arguments if key not in used]
    told = [
        f"{title}:\n" + "\n".join(_shown(fate) for fate in group)
        for outcome, title in _TITLES.items()
        if (group := [fate for fate in settled if fate.outcome == outcome])
    ]
    return Weighed(Counter(fate.outcome for fate in settled), "\n\n".join(told), problems)


def _shown(fate: Fate) -> str:
    why = f" ({fate.why})" if fate.why else ""
    lines = [f"  {fate.mutant.description}{why}"]
    if fate.outcome != "proved":
        lines += [f"    {line}" for line in fate.mutant.diff.split("\n")]
    return "\n".join(lines)


def _idle(key: str, fates: list[Fate]) -> str:
    """Say what is wrong with an argument that no survivor needs."""
    killed = [fate for fate in fates if argued({key: ""}, fate.mutant)]
    if killed:
        return f"notes.md calls `{key}` equivalent, and it was killed: {killed[0].why}"
    place = "at that line" if names_line(key) else "of that name"
    return f"notes.md calls `{key}` equivalent, and there is no mutant {place}"


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


class StrengthSummary:
    """One line a kata at the end of the run; never lives in an xdist worker."""

    def __init__(self) -> None:
        """Start with no kata."""
        self._counts: dict[str, dict[Outcome, int]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the counts of one reference."""
        properties: dict[str, Any] = dict(report.user_properties)
        if report.when == "call" and PROPERTY in properties:
            self._counts[report.nodeid.rpartition("/")[0]] = properties[PROPERTY]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show how the mutants of each kata fared."""
        if not self._counts:
            return
        total: Counter[Outcome] = Counter()
        for counts in self._counts.values():
            total.update(counts)
        terminalreporter.section(f"mutants: {summed_up(total)}", sep="=")
        width = max(len(path) for path in self._counts)
        for path, counts in self._counts.items():
            bad = bool(counts.get("survived"))
            terminalreporter.write(f"{path:<{width}}  ", red=bad, green=not bad)
            terminalreporter.write_line(summed_up(Counter(counts)))


def summed_up(counts: Counter[Outcome]) -> str:
    """Return the counts in one line, without those that are zero."""
    parts = [f"{counts[outcome]} {words}" for outcome, words in _WORDS.items() if counts[outcome]]
    return f"{sum(counts.values())}: {' · '.join(parts)}" if parts else "none"
