"""The runner: a process with one thread, forked from pytest, that forks the children."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from pytest_prep.judging.sandbox import linux, wire
from pytest_prep.judging.sandbox.guard import Guard, remove
from pytest_prep.judging.sandbox.supervisor import Supervisor
from pytest_prep.judging.sandbox.watch import Abandoned

_REQUEST, _REPLY, _FAULT = b"Q", b"A", b"!"
#: Seconds that a runner has to end by itself.
_PATIENCE = 1.0


class RunnerDied(Exception):
    """The runner is gone, or said nothing in time, in the middle of a request."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        #: The signal that ended it, None where it was stopped by us or ended by itself.
        self.signal = code


class NoReply(RunnerDied):
    """The runner said nothing in time."""


#: What a runner does with a request: called there, with the supervisor of its children.
Handler = Callable[[Supervisor, Any], bytes]


class Runner:
    """pytest's side of a runner, which is started by the first request."""

    def __init__(self, handler: Handler, *, keep: Iterable[int] = ()) -> None:
        """Set up; nothing is started yet.

        Args:
            handler: called in the runner with each request; returns the reply. Its state there
                lives as long as the runner.
            keep: descriptors that stay open in the runner and its children.
        """
        self._handler = handler
        self._keep = set(keep)
        self._pid: int | None = None
        self._channel: socket.socket | None = None
        self._scratch: Path | None = None

    @property
    def pid(self) -> int | None:
        """The runner's process, None while there is none."""
        return self._pid

    def ask(self, request: object, timeout: float | None = None) -> bytes:
        """Return the runner's reply, whose bytes may come from the learner's process.

        Args:
            request: anything that pickle takes; it never comes back that way.
            timeout: seconds after which the runner is given up, None for never.

        Raises:
            NoReply, RunnerDied: there is no reply; the next request starts a new runner.
            RuntimeError: our own code failed there.
        """
        self.start()
        assert self._channel is not None
        try:
            self._channel.settimeout(timeout)
            wire.send(self._channel, _REQUEST, pickle.dumps(request))
            kind, body = wire.receive(self._channel)
        except TimeoutError:
            self.close()
            raise NoReply("no reply in time") from None
        except wire.Closed:
            status = self._wait()
            self.close()
            raise RunnerDied(
                "the runner ended", -status if status and status < 0 else None
            ) from None
        except BaseException:
            # interrupted in the middle of a reply
            self.close()
            raise
        if kind == _FAULT:
            raise RuntimeError(f"in the runner:\n{body.decode()}")
        return body

    def close(self) -> None:
        """End the runner and everything below it."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._pid is not None and self._wait() is None:
            # It is busy in C code of ours, with no child below it.
            linux.kill(self._pid)
            os.waitpid(self._pid, 0)
        self._pid = None
        if self._scratch is not None:
            remove(self._scratch)
            self._scratch = None

    def _wait(self) -> int | None:
        """Return the runner's exit code (negative for a signal), None if it does not end."""
        assert self._pid is not None
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                pid, status = os.waitpid(self._pid, os.WNOHANG)
            except ChildProcessError:
                self._pid = None
                return 0
            if pid:
                self._pid = None
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.001)
        return None

    def start(self) -> None:
        """Start the runner, if there is none: with what this process has in memory now."""
        if self._pid is not None:
            return
        for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
            if stream is not None and not stream.closed:
                stream.flush()
        self._scratch = Path(tempfile.mkdtemp(prefix="prep-"))
        mine, theirs = socket.socketpair()
        with warnings.catch_warnings():
            # xdist's worker has a thread that reads; the runner does without it.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            _be_runner(theirs, self._handler, self._keep, self._scratch)
        theirs.close()
        self._pid, self._channel = pid, mine


def _be_runner(channel: socket.socket, handler: Handler, keep: set[int], scratch: Path) -> NoReturn:
    """Serve requests until pytest is gone, and end."""
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        linux.close_inherited({channel.fileno(), *keep})
        linux.adopt_orphans()
        # Collections would copy pages that are shared with pytest and with the children.
        gc.freeze()
        # One thread, also in what the children compute with.
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        own, theirs = scratch / "runner", scratch / "children"
        own.mkdir()
        theirs.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(own)
        supervisor = Supervisor(Guard(theirs), channel.fileno())
        while True:
            _, body = wire.receive(channel)
            try:
                request = pickle.loads(body)  # noqa: S301 - it comes from pytest
                reply, kind = handler(supervisor, request), _REPLY
            except Abandoned:
                break
            except Exception:
                reply, kind = traceback.format_exc().encode(), _FAULT
            wire.send(channel, kind, reply)
    except (wire.Closed, KeyboardInterrupt):
        pass
    finally:
        linux.reap_everything()
        remove(scratch)
        os._exit(0)
