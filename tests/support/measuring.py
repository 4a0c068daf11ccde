"""Coverage is measured once: on the other database the same lines of Python run a second time."""

import os
from collections.abc import Generator

import pytest

_FOR_CHILDREN = "COVERAGE_PROCESS_CONFIG"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure nothing of a test's second time, on PostgreSQL, where it has a first, on SQLite.

    Measuring takes half as long again as running. It can only lower what is reported: a line that runs on
    PostgreSQL alone counts where a test asks for that database by itself.
    """
    plugin = item.config.pluginmanager.get_plugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    again = "postgresql" in getattr(getattr(item, "callspec", None), "params", {}).values()
    if controller is None or not again:
        return (yield)
    told = os.environ.pop(_FOR_CHILDREN, None)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()
        if told is not None:
            os.environ[_FOR_CHILDREN] = told
