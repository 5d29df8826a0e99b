"""A spawned worker for SQL: ``python -m pytest_prep.judging.sandbox.sql_worker FOLDER``."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from pytest_prep.judging.sandbox.sql_requests import Engines
from pytest_prep.judging.sandbox.worker import Worker


def main() -> None:
    """Serve SQL until the parent is gone."""
    worker = Worker(Path(sys.argv[1]))
    engines = Engines(worker.order["engine"], [Path(name) for name in worker.order["folders"]])

    def answer(request: bytes) -> bytes:
        return engines.answer(pickle.loads(request))  # noqa: S301 - it comes from pytest

    worker.serve(lambda: answer)


if __name__ == "__main__":
    main()
