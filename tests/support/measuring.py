"""Coverage is measured once: what runs lines that other tests run as well is not measured again."""

import os
from collections.abc import Generator

import pytest

_FOR_CHILDREN = "COVERAGE_PROCESS_CONFIG"
#: Folders of tests that are about the tree and the schema, and not about what the program does.
_ABOUT_NO_CODE = frozenset({"architecture", "migrations"})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure nothing of a test marked `unmeasured`, nor of the second time, on PostgreSQL, of any other.

    Measuring takes as long again as running. Leaving some out can only lower what is reported: a line that
    runs on PostgreSQL alone counts where a test asks for that database by itself.
    """
    plugin = item.config.pluginmanager.get_plugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    if controller is None or not _again(item):
        return (yield)
    told = os.environ.pop(_FOR_CHILDREN, None)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()
        if told is not None:
            os.environ[_FOR_CHILDREN] = told


def _again(item: pytest.Item) -> bool:
    on_postgres = "postgresql" in getattr(getattr(item, "callspec", None), "params", {}).values()
    marked = item.get_closest_marker("unmeasured") is not None
    return on_postgres or marked or not _ABOUT_NO_CODE.isdisjoint(item.path.parts)
