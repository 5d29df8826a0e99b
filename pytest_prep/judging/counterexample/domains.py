"""Which columns draw from the same values: those that a foreign key or a comparison connects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytest_prep.judging.counterexample.clues import Clues
from pytest_prep.judging.counterexample.pools import Pool
from pytest_prep.judging.counterexample.schema import Ref, Schema


@dataclass(frozen=True, slots=True)
class Domain:
    """The values that columns with a common domain may take."""

    values: list[str]
    special: list[str]
    exact: list[str]

    @classmethod
    def of(cls, pools: Sequence[Pool]) -> Domain:
        """Merge the pools of the columns."""
        values = dict.fromkeys(value for pool in pools for value in pool.values)
        special = {value for pool in pools for value in pool.special}
        exact = {value for pool in pools for value in pool.exact}
        return cls(
            list(values), [v for v in values if v in special], [v for v in values if v in exact]
        )


def grouped(schema: Schema, clues: Clues) -> dict[Ref, Ref]:
    """Return for each column the one that stands for its domain: joined columns share one."""
    roots = {
        (table.name, i): (table.name, i)
        for table in schema.tables
        for i in range(len(table.columns))
    }

    def find(ref: Ref) -> Ref:
        while roots[ref] != ref:
            ref = roots[ref]
        return ref

    links = set(clues.links)
    for table in schema.tables:
        for key in table.foreign:
            pairs = zip(key.columns, key.referenced, strict=True)
            links |= {((table.name, here), (key.table, there)) for here, there in pairs}
    for a, b in sorted(links):
        roots[find(a)] = find(b)
    return {ref: find(ref) for ref in roots}


def edges(schema: Schema, groups: dict[Ref, Ref]) -> dict[str, tuple[int, int]]:
    """Return the tables whose rows lead from one value of a domain to another, and where.

    Columns of foreign keys are left out: their values come from the rows they refer to.
    """
    found = {}
    for table in schema.tables:
        bound = {place for key in table.foreign for place in key.columns}
        places: dict[Ref, list[int]] = {}
        for place in range(len(table.columns)):
            if place not in bound:
                places.setdefault(groups[(table.name, place)], []).append(place)
        pairs = [ends for ends in places.values() if len(ends) > 1]
        if pairs:
            found[table.name] = (pairs[0][0], pairs[0][1])
    return found
