"""What a spawned worker's pytest is told of the options of the one that spawned it."""

from __future__ import annotations

from typing import Any

import pytest

#: Options that choose what runs, end a session, or write what it came to: not the worker's.
_OURS = """
    basetemp cacheclear cacheshow collectonly debug deselect dist failedfirst file_or_dir help
    htmlpath ignore ignore_glob inifilename json_report keyword lf log_file markers markexpr maxfail
    newfirst numprocesses pastebin plugins pyargs rootdir session_timeout setuponly setupplan
    setupshow show_fixtures_per_test showfixtures stepwise stepwise_reset stepwise_skip trace
    traceconfig tx usepdb version xmlpath
    """.split()  # noqa: SIM905 - a list of strings would be a page
_PLAIN = (type(None), bool, int, float, str)


def options_of_a_worker(config: pytest.Config) -> tuple[dict[str, Any], list[str]]:
    """Return options by their names, and arguments that load the same plugins."""
    options = {
        name: value
        for name, value in vars(config.option).items()
        if name not in _OURS and not name.startswith(("prep_", "cov_")) and _is_plain(value)
    }
    options |= {"rootdir": str(config.rootpath), "prep_isolation": "spawn"}
    if config.inipath is not None:
        options["inifilename"] = str(config.inipath)
    plugins: list[str] = config.getoption("plugins")
    return options, [word for name in plugins for word in ("-p", name)]


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return isinstance(value, _PLAIN)
