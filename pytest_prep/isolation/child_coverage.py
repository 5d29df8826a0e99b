"""Coverage measured in a child, as lists of numbers, and its way into pytest's own data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

#: File → its lines, or its arcs as pairs of lines.
Measured = dict[str, list[Any]]


def _current() -> Any:
    """Return the coverage that is being measured, None without any."""
    coverage = sys.modules.get("coverage")
    return coverage.Coverage.current() if coverage else None


def how_measured() -> dict[str, Any] | None:
    """Return what this process measures, for :func:`measure_alike`; None where it does not."""
    coverage = _current()
    if coverage is None:
        return None
    names = ("branch", "source", "source_pkgs", "include", "omit")
    found = {name: coverage.get_option(f"run:{name}") for name in names}
    folders = [
        str(Path(name).absolute()) if Path(name).is_dir() else name
        for name in found["source"] or ()
    ]
    return {**found, "source": folders or None}


def measure_alike(how: dict[str, Any]) -> Any:
    """Return a coverage that measures in this process what another one does, not started."""
    from coverage import Coverage

    return Coverage(data_file=None, config_file=False, **how)


class ChildCoverage:
    """Measures a child apart from the data that it took over from its parent."""

    def __init__(self, coverage: Any, data: Any) -> None:
        self._coverage = coverage
        self._data = data

    @classmethod
    def begin(cls) -> ChildCoverage:
        """Start with nothing measured; no file is written."""
        coverage = _current()
        if coverage is None or coverage._collector is None:
            return cls(None, None)
        from coverage import CoverageData

        data = CoverageData(no_disk=True)
        # Its tracers keep what they collect into, so they are made anew.
        coverage.stop()
        coverage._collector.reset()
        coverage._collector.use_data(data, None)
        coverage._data = data
        coverage.start()
        coverage._collector.use_data(data, None)
        return cls(coverage, data)

    def end(self) -> Measured:
        """Return what was measured."""
        if self._coverage is None:
            return {}
        self._coverage.stop()
        self._coverage._collector.flush_data()
        read = self._data.arcs if self._data.has_arcs() else self._data.lines
        return {str(name): read(name) or [] for name in self._data.measured_files()}


def add_coverage(measured: Measured) -> None:
    """Add what a child measured to the data of this process."""
    coverage = _current()
    if coverage is None or not measured:
        return
    data = coverage.get_data()
    pairs = {name: entries for name, entries in measured.items() if entries}
    if any(isinstance(entries[0], list) for entries in pairs.values()):
        data.add_arcs({name: [tuple(arc) for arc in arcs] for name, arcs in pairs.items()})
    else:
        data.add_lines(pairs)
