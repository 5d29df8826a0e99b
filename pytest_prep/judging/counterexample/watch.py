"""Stops a query by its CPU time: on a busy machine wall time says nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


class Watch:
    """A thread that looks at the process's CPU time while a query runs."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._target = connection
        self._deadline: float | None = None
        self._armed = threading.Event()
        self._closed = False
        self._thread: threading.Thread | None = None

    @contextmanager
    def limit(
        self, cpu: float, connection: duckdb.DuckDBPyConnection | None = None
    ) -> Iterator[None]:
        """Interrupt what runs inside on ``connection`` after ``cpu`` seconds of CPU time."""
        if connection is not None:
            self._target, before = connection, self._target
        else:
            before = self._target
        if self._thread is None:
            self._thread = threading.Thread(target=self._guard, daemon=True)
            self._thread.start()
        self._deadline = time.process_time() + cpu
        self._armed.set()
        try:
            yield
        finally:
            self._deadline = None
            self._armed.clear()
            self._target = before

    def _guard(self) -> None:
        while not self._closed:
            self._armed.wait()
            deadline = self._deadline
            if deadline is not None and time.process_time() > deadline:
                self._target.interrupt()
            time.sleep(0.01)

    def close(self) -> None:
        """End the watching thread."""
        self._closed = True
        self._armed.set()
        if self._thread is not None:
            self._thread.join()
