"""How every test run is set up: long series on request, a browser or a loud skip, nothing left behind."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

CHROMIUM = "/usr/bin/chromium"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long series whole (make test-all does)")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--long"):
        os.environ["NEWSROOM_LONG"] = "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.path.exists(CHROMIUM) or os.environ.get("NEWSROOM_BROWSER") == "required":
        return
    skip = pytest.mark.skip(
        reason=f"NO BROWSER: there is no {CHROMIUM}, so nothing was tried in one. Install the package chromium."
    )
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(skip)


def pytest_unconfigure() -> None:
    if settings.configured and Path(settings.VAR_DIR).name.startswith("newsroom-tests-"):
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def long_series(request: pytest.FixtureRequest) -> bool:
    """Whether the long series run whole: `range(10_000 if long_series else 100)`."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium; a failure, not a skip, where NEWSROOM_BROWSER=required and there is none."""
    if not os.path.exists(CHROMIUM):
        pytest.fail(f"NEWSROOM_BROWSER=required, but there is no {CHROMIUM}. Install the package chromium.")
    return CHROMIUM
