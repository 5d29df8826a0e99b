"""What every pytest run pays for: the options, and a look whether the project has katas.

Everything else is in :mod:`pytest_prep.practice`, which is imported only where there are katas.
"""

from __future__ import annotations

import pytest

from pytest_prep import options


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    options.add_options(parser)


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the hooks."""
    from pytest_prep import hookspec

    pluginmanager.add_hookspecs(hookspec)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Bring in the rest of the plugin where there are katas."""
    if options.has_katas(config):
        from pytest_prep.practice import Practice

        config.pluginmanager.register(Practice(config), "prep-practice")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Run what is asked of a workspace, a new kata or the record instead of tests."""
    kata = options.new_kata(config)
    if kata is not None:
        from pytest_prep.modes.new_kata import begin_kata

        return begin_kata(config, *kata)
    folder = options.new_workspace(config)
    if folder is not None:
        from pytest_prep.modes.workspace import write_workspace

        return write_workspace(folder)
    if options.has_store_jobs(config):
        from pytest_prep.modes.transfer import run

        return run(config)
    return None
