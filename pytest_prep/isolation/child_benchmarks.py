"""Figures of pytest-benchmark taken in a child: out of there as numbers, and in again here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest


def figures(config: pytest.Config, known: int) -> list[dict[str, Any]]:
    """Return what was measured in this process, without the first ``known`` benchmarks."""
    return [
        {
            "name": found.name,
            "fullname": found.fullname,
            "group": found.group,
            "param": found.param,
            "iterations": found.iterations,
            "seconds": found.stats.data,
            "options": {name: _plain(value) for name, value in found.options.items()},
        }
        for found in _benchmarks(config)[known:]
    ]


def count(config: pytest.Config) -> int:
    """Return how many benchmarks this process knows."""
    return len(_benchmarks(config))


def add_figures(config: pytest.Config, told: list[dict[str, Any]]) -> None:
    """Add what was measured in a child to the benchmarks of this session.

    Raises:
        TypeError, ValueError, LookupError: these are no figures.
    """
    for one in told:
        fixture = SimpleNamespace(
            name=str(one["name"]),
            fullname=str(one["fullname"]),
            group=one["group"] and str(one["group"]),
            param=one["param"] and str(one["param"]),
            params=None,
            extra_info={},
            cprofile_stats=None,
            has_error=False,
        )
        found: Any = _metadata()(fixture, int(one["iterations"]), dict(one["options"]))
        for seconds in one["seconds"]:
            found.stats.update(float(seconds))
        _benchmarks(config).append(found)


def _benchmarks(config: pytest.Config) -> list[Any]:
    session = getattr(config, "_benchmarksession", None)
    return session.benchmarks if session is not None else []


def _metadata() -> Any:
    from pytest_benchmark.stats import Metadata

    return Metadata


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return getattr(value, "__name__", str(value))
