"""Hotel deals, round 1: model, load, read.

The problem is in README.md; judge this file with
``pytest katas/python/staged/hotel_deals_1``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any


def connect() -> sqlite3.Connection:
    """Return a connection to a new database in memory, which holds foreign keys."""
    raise NotImplementedError


def create_schema(connection: sqlite3.Connection) -> None:
    """Make the tables ``hotels`` and ``deals``."""
    raise NotImplementedError


def load_deals(
    connection: sqlite3.Connection, rows: Iterable[Mapping[str, str]]
) -> tuple[int, int]:
    """Load the rows of the file, all or none; return how many hotels and deals are new."""
    raise NotImplementedError


def list_deals(connection: sqlite3.Connection) -> tuple[int, dict[str, Any]]:
    """Return 200 and all deals with their hotels, the newest first."""
    raise NotImplementedError


def deal_detail(connection: sqlite3.Connection, deal_id: int) -> tuple[int, dict[str, Any]]:
    """Return 200 and a deal with its hotel, or 404 and what is missing."""
    raise NotImplementedError
