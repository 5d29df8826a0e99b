"""Another mode on one kata, run aside while it is watched: a hint, a review."""

from __future__ import annotations

import os
import selectors
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from pytest_prep.judging.sandbox import linux
from pytest_prep.modes.watch.child import forget_modules
from pytest_prep.modes.watch.fork import fork, let_go

if TYPE_CHECKING:
    from pytest_prep.settings import Settings


def run_aside(
    config: pytest.Config,
    settings: Settings,
    mode: str,
    kata: str,
    *,
    handles: Callable[[], list[int | None]],
    is_over: Callable[[set[int]], bool],
) -> None:
    """Run a mode in a child that writes to the terminal.

    When one of the descriptors that ``handles`` returns can be read, ``is_over`` is asked whether
    to end it: a save makes old news of it.
    """
    inlet, outlet = os.pipe()
    pid = fork()
    if pid == 0:
        params = config.invocation_params
        _be_mode(
            list(params.args),
            list(params.plugins or ()),
            mode,
            kata,
            keep=outlet,
            changing=(settings.katas, settings.solutions),
        )
    os.close(outlet)
    while inlet not in (ready := wait_for([inlet, *handles()], ())) and not is_over(ready):
        # It ends by itself, which closes the pipe.
        continue
    os.close(inlet)
    linux.kill_group(pid)
    os.waitpid(pid, 0)


def wait_for(handles: Iterable[int | None], seconds: Iterable[float | None]) -> set[int]:
    """Return the descriptors that can be read, none when the first of the times is over."""
    # Not epoll: it takes no files and no /dev/null.
    with selectors.PollSelector() as selector:
        for handle in {handle for handle in handles if handle is not None}:
            selector.register(handle, selectors.EVENT_READ)
        known = [wait for wait in seconds if wait is not None]
        return {key.fd for key, _ in selector.select(min(known, default=None))}


def _be_mode(
    args: list[str],
    plugins: list[object],
    mode: str,
    kata: str,
    *,
    keep: int,
    changing: Sequence[Path],
) -> NoReturn:
    """Run another mode on one kata, in a child just forked that writes to the terminal.

    ``keep`` is a descriptor that is open until the end, so that its end can be noticed.
    """
    try:
        let_go({keep}, 1)
        forget_modules(changing)
        pytest.main(args, [*plugins, _OtherMode(mode, kata)])
    finally:
        os._exit(0)


class _OtherMode:
    """The plugin that turns a run to watch into one of another mode."""

    def __init__(self, mode: str, kata: str) -> None:
        self._mode = mode
        self._kata = kata

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Choose the mode."""
        config.option.prep_watch = False
        setattr(config.option, f"prep_{self._mode}", True)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Choose the kata."""
        session.config.args = [str(session.config.rootpath / self._kata)]
