"""The example in a kata's README.md is what the reference really returns."""

from __future__ import annotations

import doctest
import io
import re
from decimal import Decimal, InvalidOperation

import pytest

from pytest_prep.content.answer import read_text
from pytest_prep.content.case import SAMPLE, case_of
from pytest_prep.content.kata import Kata
from pytest_prep.expected import Unexpected
from pytest_prep.judging.python_answer import load_answer
from pytest_prep.judging.table import Table
from pytest_prep.nodes import PRACTICE

_SECTION = re.compile(r"^## Example\b.*?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"(?:^\|.*\|[ \t]*\n?)+", re.MULTILINE)
_PYCON = re.compile(r"^```pycon\n(.*?)^```", re.MULTILINE | re.DOTALL)


def check_example(config: pytest.Config, kata: Kata) -> None:
    """Compare the example in README.md with the reference.

    Raises:
        Unexpected: there is none, or it differs.
    """
    __tracebackhide__ = True
    path = kata.folder / "README.md"
    section = _SECTION.search(read_text(path))
    if section is None:
        raise Unexpected(f"{path.name} has no section '## Example'")
    if kata.python:
        _check_session(kata, section[1])
    elif kata.sql and kata.sql.result != "constraints":
        config.stash[PRACTICE].skip_elsewhere(kata)
        judge = config.stash[PRACTICE].judge
        _check_table(section[1], judge.reference_result(kata, case_of(kata, SAMPLE)), kata)


def _check_session(kata: Kata, section: str) -> None:
    blocks = _PYCON.findall(section)
    if not blocks:
        raise Unexpected("README.md: the section '## Example' has no ```pycon block")
    module = load_answer(kata.reference, ())
    test = doctest.DocTestParser().get_doctest(
        "\n".join(blocks), dict(vars(module)), kata.id, "README.md", 0
    )
    output = io.StringIO()
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    doctest.DocTestRunner(optionflags=flags).run(test, out=output.write)
    if output.getvalue():
        raise Unexpected(f"README.md: the example does not hold\n{output.getvalue()}")


def _check_table(section: str, result: Table, kata: Kata) -> None:
    tables = _TABLE.findall(section)
    if not tables:
        raise Unexpected("README.md: the section '## Example' has no table")
    head, _, *body = [
        [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        for line in tables[-1].strip().split("\n")
    ]
    if [name.lower() for name in head] != [name.lower() for name in result.columns]:
        raise Unexpected(
            f"README.md: the example has the columns {', '.join(head)}; "
            f"the reference returns {', '.join(result.columns)}"
        )
    expected = list(result.rows)
    for cells in body:
        match = next((row for row in expected if _row_matches(cells, row)), None)
        if match is None:
            raise Unexpected(f"README.md: the reference does not return | {' | '.join(cells)} |")
        if kata.sql and kata.sql.order and match is not expected[0]:
            raise Unexpected("README.md: the example is not in the reference's order")
        expected.remove(match)
    if expected:
        raise Unexpected(
            f"README.md: the example lacks {len(expected)} rows, such as {expected[0]}"
        )


def _row_matches(cells: list[str], row: tuple[object, ...]) -> bool:
    return len(cells) == len(row) and all(map(_cell_matches, cells, row))


def _cell_matches(cell: str, value: object) -> bool:
    """Tell whether ``cell`` shows ``value``; numbers may be rounded to the shown decimals."""
    if value is None or cell == "NULL":
        return value is None and cell == "NULL"
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        try:
            shown = Decimal(cell.replace(",", ""))
        except InvalidOperation:
            return False
        exponent = shown.as_tuple().exponent
        decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        half = 0.5 / 10.0**decimals
        return abs(float(shown) - float(value)) <= half * 1.0001
    return cell in (str(value), str(value).removesuffix(" 00:00:00"))
