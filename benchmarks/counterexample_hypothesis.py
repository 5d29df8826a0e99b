"""The same answers with hypothesis' ``find`` in place of the own generator and shrinker.

It draws rows from the same pools, runs one database at a time on the same workbench, with the same
repair, and shrinks by its own means.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median
from typing import Any

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from judge_corpus import Answer

from pytest_prep.judging.compare import Rules
from pytest_prep.judging.counterexample import Hints, search, seed_of
from pytest_prep.judging.counterexample.hunt import Hunt

_EXAMPLES = 1000


def print_comparison(answers: Sequence[Answer], budget: float) -> None:
    """Print CPU seconds and rows of both ways on the same wrong answers."""
    ratios, own_cpu, its_cpu, own_rows, its_rows, missed = [], [], [], [], [], 0
    for answer in answers:
        seed = seed_of(answer.schema, answer.reference)
        rules = Rules(order=answer.order)
        own = search(
            answer.schema, answer.reference, answer.sql, rules=rules, seed=seed, cpu_budget=budget
        )
        start = time.process_time()
        rows = _found(answer, rules, seed)
        cpu = time.process_time() - start
        if rows is None or own.counterexample is None:
            missed += rows is None
            continue
        ratios.append(cpu / own.cpu)
        own_cpu.append(own.cpu)
        its_cpu.append(cpu)
        own_rows.append(own.counterexample.size)
        its_rows.append(rows)
    ratios.sort()
    print(f"hypothesis.find on {len(answers)} wrong answers, at most {_EXAMPLES:,} examples each:")
    print(f"  not found by it: {missed}")
    print(f"  CPU s median: {median(its_cpu):.2f}, own search {median(own_cpu):.2f}")
    print(f"  ratio median: {median(ratios):.1f}, p95 {ratios[int(0.95 * len(ratios))]:.1f}")
    print(f"  rows median: {median(its_rows)}, own search {median(own_rows)}")


def _found(answer: Answer, rules: Rules, seed: int) -> int | None:
    with Hunt(answer.schema, answer.reference, answer.sql, rules, seed=seed, hints=Hints()) as hunt:
        tables: dict[str, st.SearchStrategy[Any]] = {}
        for table in hunt.bench.schema.tables:
            cells: list[st.SearchStrategy[Any]] = []
            for place, column in enumerate(table.columns):
                values = st.sampled_from(hunt.generator.pools[(table.name, place)].values)
                cells.append(values if column.not_null else st.none() | values)
            tables[table.name] = st.lists(st.tuples(*cells), max_size=8)

        def differs(database: dict[str, Any]) -> bool:
            hunt.bench.load([database])
            hunt.bench.repair()
            return bool(hunt.trial.run(1, time.process_time() + 5).candidates)

        options = settings(
            max_examples=_EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        try:
            found = find(st.fixed_dictionaries(tables), differs, settings=options)
        except NoSuchExample:
            return None
        hunt.bench.load([found])
        hunt.bench.repair()
        return hunt.bench.sizes(1)[0]
