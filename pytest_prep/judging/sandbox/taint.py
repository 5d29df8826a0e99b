"""What an answer may leave changed in the process in which it ran, seen from inside."""

from __future__ import annotations

import decimal
import gc
import os
import signal
import sys
import sysconfig
import threading
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

#: Folders from which a module may be imported at any time.
_LIBRARIES = tuple(
    {
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        str(Path(__file__).parents[2]),
    }
)
#: Where the interpreter itself leaves the last exception.
_LEFT_BY_PYTHON = {("sys", "last_type")}


@dataclass(frozen=True)
class State:
    """A process at a point in time."""

    modules: dict[str, ModuleType]
    #: Module → its functions and classes, by name.
    callables: dict[str, dict[str, object]]
    #: Everything else, by what it is called.
    settings: dict[str, object]


def state() -> State:
    """Return how this process is now."""
    modules = dict(sys.modules)
    callables = {
        module: {name: value for name, value in vars(loaded).items() if callable(value)}
        for module, loaded in modules.items()
        if isinstance(loaded, ModuleType)
    }
    return State(modules, callables, _settings())


def changed(before: State) -> list[str]:
    """Return what differs now, in words; [] where the next answer meets what this one met."""
    now = _settings()
    found = [name for name, value in before.settings.items() if now[name] != value]
    for module, callables in before.callables.items():
        loaded = sys.modules.get(module)
        if loaded is not before.modules[module]:
            found.append(f"module {module}")
            continue
        names = vars(loaded)
        found += [
            f"{module}.{name}"
            for name, value in callables.items()
            if names.get(name) is not value and (module, name) not in _LEFT_BY_PYTHON
        ]
    new = [name for name in list(sys.modules) if name not in before.modules]
    return found + [f"module {name}" for name in new if not _is_of_a_library(name)]


def _is_of_a_library(name: str) -> bool:
    """Tell whether a module is what anybody who imports its name gets."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    origin = getattr(spec, "origin", None)
    if origin is None and "." in name:  # made by an extension in C, or a folder without a file
        return _is_of_a_library(name.rpartition(".")[0])
    return isinstance(origin, str) and (
        origin in ("built-in", "frozen") or origin.startswith(_LIBRARIES)
    )


def _settings() -> dict[str, object]:
    context = decimal.getcontext()
    return {
        "the working directory": _folder(),
        "the environment": dict(os.environ),
        "the import path": list(sys.path),
        "the importers": list(sys.meta_path),
        "threads": set(threading.enumerate()),
        "signal handlers": {n: signal.getsignal(n) for n in signal.valid_signals()},
        "the streams": (sys.stdin, sys.stdout, sys.stderr),
        "the recursion limit": sys.getrecursionlimit(),
        "the tracer": (sys.gettrace(), sys.getprofile()),
        "the hooks": (sys.excepthook, sys.displayhook, sys.breakpointhook, sys.unraisablehook),
        "the decimal context": (context.prec, context.rounding, context.traps.copy()),
        "the garbage collector": (gc.isenabled(), gc.get_threshold()),
        "the timer": signal.getitimer(signal.ITIMER_REAL) if hasattr(signal, "getitimer") else None,
    }


def _folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - it may be gone
    except OSError:
        return ""
