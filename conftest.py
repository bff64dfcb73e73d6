"""How every test run is set up: long series on request, a browser or a loud skip, nothing left behind."""

import gc
import os
import shutil
import signal
from pathlib import Path

import pytest
from django.conf import settings

# The shell has the same engine without a window: a page costs a quarter of the time.
BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM = next((path for path in BROWSERS if os.path.exists(path)), "")
# What a test takes that asks the database of the run: its own connection, or processes that are told of it.
DATABASES = {"db", "transactional_db", "environment"}
# Tried on PostgreSQL by `make test-weekly` and not at every change, for its time alone, like what is marked so.
APART = ("authoring", "media", "picture_desk", "planning", "sample", "together")
NO_BROWSER = (
    f"NO BROWSER: there is neither {' nor '.join(BROWSERS)}, so nothing was tried in one."
    " Install the package chromium-headless-shell."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long series whole (make test-all does)")
    parser.addoption("--weekly", action="store_true", help="run them all and whole (make test-weekly does)")


def pytest_configure() -> None:
    # A run in the background ignores Ctrl-C, and so would every process that it starts and tries to stop with it.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    weekly = config.getoption("--weekly")
    whole = weekly or config.getoption("--long")
    no_browser = not CHROMIUM and os.environ.get("NEWSROOM_BROWSER") != "required"
    for item in items:
        is_series = "long_series" in getattr(item, "fixturenames", ())
        if is_series:
            # Runs short in every run, and whole with --long.
            item.add_marker("long")
        if not weekly and item.get_closest_marker("weekly"):
            item.add_marker(pytest.mark.skip(reason="a long series: make test-weekly runs it"))
        elif not whole and item.get_closest_marker("long") and not is_series:
            item.add_marker(pytest.mark.skip(reason="a long series: make test-long runs it"))
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if item.get_closest_marker("django_db") or DATABASES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
        if item.path.parent.name in APART:
            item.add_marker("apart")
        if item.get_closest_marker("browser") and no_browser:
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    items.sort(key=turn)


def turn(item: pytest.Item) -> int:
    """Begin with what must run one after the other, then what is long: at the end one process would be busy and others idle.

    After its first page in a browser a process can ask no database any more: those come last.
    """
    marks = {mark.name for mark in item.iter_markers()}
    if "browser" in marks:
        return 3
    if "xdist_group" in marks:
        return 0
    return 1 if marks & {"long", "deep"} else 2


def pytest_collection_finish() -> None:
    # Thousands of collected tests stay to the end: to look among them for garbage, again and again, takes a sixth of a run.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure() -> None:
    if settings.configured and Path(settings.VAR_DIR).name.startswith("newsroom-tests-"):
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture
def long_series(request: pytest.FixtureRequest) -> bool:
    """Whether a long series runs whole, a deep one only weekly: `range(10_000 if long_series else 100)`."""
    is_deep = request.node.get_closest_marker("deep")
    return bool(request.config.getoption("--weekly") or (request.config.getoption("--long") and not is_deep))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium; a failure, not a skip, where NEWSROOM_BROWSER=required and there is none."""
    if not CHROMIUM:
        pytest.fail(f"NEWSROOM_BROWSER=required, but: {NO_BROWSER}")
    return CHROMIUM
