"""Tell a newcomer who runs pytest before installing the plugin what to do."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

import pytest


def pytest_configure() -> None:
    """Stop with one line where the plugin is not installed in this environment."""
    try:
        distribution("pytest-prep")
    except PackageNotFoundError:
        raise pytest.UsageError(
            "pytest-prep is not installed in this environment; run: pip install -e '.[all]'"
        ) from None
