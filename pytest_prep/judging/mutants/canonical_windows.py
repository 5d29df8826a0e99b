"""Rules for window functions: frames named in full, no difference where there are no ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_prep.judging.mutants.edit import copied
from pytest_prep.judging.mutants.keys import Keys

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.scope import Scope


def inline_windows(tree: exp.Expr) -> None:
    """Write the definition of a named window where it is used."""
    from sqlglot import exp

    for select in list(tree.find_all(exp.Select)):
        named = {window.name: window for window in select.args.get("windows") or ()}
        for window in list(select.find_all(exp.Window)):
            definition = named.get(window.alias) if window.args.get("alias") else None
            if definition is not None and window.find_ancestor(exp.Select) is select:
                window.set("alias", None)
                for key in ("partition_by", "order", "spec"):
                    window.set(key, copied(definition.args.get(key)))
        if named and all(not window.args.get("alias") for window in select.find_all(exp.Window)):
            select.set("windows", None)


def settle_window(window: exp.Window, scope: Scope, keys: Keys) -> None:
    """Name frames in full; take ROW_NUMBER and ROWS where there are no ties."""
    from sqlglot import exp

    order, partition = window.args.get("order"), window.args.get("partition_by") or []
    function = window.this
    if order is not None:
        _drop_idle_keys(order, partition, scope, keys)
    sorted_by = [*partition, *(o.this for o in order.expressions)] if order is not None else []
    ties = order is None or not keys.unique(scope, sorted_by)
    ranks = (exp.RowNumber, exp.Rank, exp.DenseRank)
    if isinstance(function, ranks):
        window.set("spec", None)
        if not ties and not isinstance(function, exp.RowNumber):
            window.set("this", exp.RowNumber())
        elif isinstance(function, exp.Rank) and _asks_for_first(window):
            window.set("this", exp.DenseRank())
        return
    if isinstance(function, exp.Lag | exp.Lead) or order is None:
        return
    spec = window.args.get("spec")
    if spec is None:
        spec = exp.WindowSpec(
            kind="RANGE", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW"
        )
        window.set("spec", spec)
    if spec.args.get("start") == "UNBOUNDED" and spec.args.get("kind") == "RANGE":
        whole = (spec.args.get("end"), spec.args.get("end_side")) == ("UNBOUNDED", "FOLLOWING")
        current = spec.args.get("end") in (None, "CURRENT ROW")
        if whole or (current and not ties):
            spec.set("kind", "ROWS")
    if spec.args.get("end") is None:
        spec.set("end", "CURRENT ROW")


def _drop_idle_keys(order: exp.Order, partition: list[exp.Expr], scope: Scope, keys: Keys) -> None:
    """Drop sort keys behind those that already tell the rows of a partition apart."""
    for length in range(1, len(order.expressions)):
        leading = order.expressions[:length]
        if keys.unique(scope, [*partition, *(o.this for o in leading)]):
            order.set("expressions", leading)
            return


def _asks_for_first(window: exp.Window) -> bool:
    """Tell whether a rank is only compared with 1."""
    from sqlglot import exp

    parent = window.parent
    one = isinstance(parent, exp.EQ | exp.LTE) and "1" in (
        parent.this.sql(),
        parent.expression.sql(),
    )
    return one and parent.find_ancestor(exp.Qualify) is not None  # type: ignore[union-attr]
