"""What all tests share: a database of their own, the record's triggers, a browser, and no skipping.

    python -m pytest                       on SQLite, a file per process
    python -m pytest -p tests.postgres     on PostgreSQL (tests/postgres.py)

A test that makes sense on one engine only carries ``@pytest.mark.engine("postgresql")`` or ``("sqlite")`` and is left
out of the other run, as is on PostgreSQL what touches no database. A skipped test fails the run: each test either runs
or does not exist.
"""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

# The browser's driver keeps an event loop in the main thread; Django would refuse every query beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "installation"})
WALKS = frozenset(
    f"test_{name}.py"
    for name in (
        "api_description",
        "exports_agreement",
        "odd_content",
        "pages_browser",
        "site_links",
        "state_machine",
    )
)
"""Long tests of the whole, by their files: many pages, rows or turns of what shorter ones look at once."""
MEASURED_ROWS = 8
"""Of the rows of one test that touches the database, so many are watched by coverage; the others run as quickly."""
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def pytest_configure(config: pytest.Config) -> None:
    """Name our marker, and refuse a database that the tests did not make themselves."""
    config.addinivalue_line("markers", "engine(vendor): runs on this database only, 'sqlite' or 'postgresql'")
    if connection.vendor != "sqlite" and not config.pluginmanager.has_plugin("tests.postgres"):
        raise pytest.UsageError("Tests make their own database: unset DATABASE_URL, or add -p tests.postgres.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other engine, and start the longest tests first: the browser's."""
    elsewhere = [item for item in items if _belongs_elsewhere(item)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = sorted(
        (item for item in items if item not in elsewhere), key=lambda item: "journeys" not in item.path.parts
    )
    rows = Counter[str]()
    for item in items:
        rows[name := item.nodeid.partition("[")[0]] += 1
        if not _is_measured(item, rows[name]):
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays to the end: it took a fifth of the time of the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _belongs_elsewhere(item: pytest.Item) -> bool:
    """Whether a test runs on the other engine alone: it says so, or touches no database and runs on SQLite."""
    vendors = {mark.args[0] for mark in item.iter_markers("engine")}
    if vendors:
        return connection.vendor not in vendors
    return not _touches_the_database(item) and connection.vendor != "sqlite"


def _touches_the_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(fixtures))


def _is_measured(item: pytest.Item, row: int) -> bool:
    """Whether coverage watches a test, or one row of it, which makes it half as slow again.

    What the engines run alike is measured once, on SQLite: on PostgreSQL only the making of its database, the tests of
    the record and those of this engine alone are; walks and journeys go again over what tests of each part cover, and
    the later rows of a table over what its first ones did. Less is measured than is run, so the figure is never too
    high.
    """
    if row > MEASURED_ROWS and _touches_the_database(item):
        return False
    if item.path.parent.name == "journeys" or item.path.name in WALKS:
        return False
    alike = not (item.path.name.startswith("test_record") or item.get_closest_marker("engine"))
    return connection.vendor == "sqlite" or not alike


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Fail the run if any test was skipped or expected to fail."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    not_run = (
        [report for kind in ("skipped", "xfailed", "xpassed") for report in reporter.stats.get(kind, [])]
        if reporter
        else []
    )
    if not_run and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"\nEvery test must run, and {len(not_run)} did not: they are named with -rsx.", red=True)
    return (yield)


@pytest.fixture(scope="session", autouse=True)
def _settings_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files go to a directory of this run; static files need not have been collected; each page is made anew."""
    directory = tmp_path_factory.mktemp("var")
    (directory / "static").mkdir()
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    places = {"MEDIA_ROOT": directory / "media", "STATIC_ROOT": directory / "static", "DATA_DIR": directory / "data"}
    caches = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with override_settings(**places, STORAGES=storages, CACHES=caches):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite tests use a real file of this process: in memory, a second thread sees "table is locked".

    PostgreSQL's pool lends more threads than it has connections for as long as a busy machine takes.
    """
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)
        options = connection.settings_dict["OPTIONS"]  # nothing here outlives a power cut: see test_durability.py
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    else:
        connection.settings_dict["OPTIONS"]["pool"]["timeout"] = 60


@pytest.fixture
def _django_db_helper(_django_db_helper: None) -> Iterator[None]:
    """Drop the record's guards before pytest-django empties the tables; post_migrate puts them back.

    The one fixture beneath ``db``, ``transactional_db`` and ``@pytest.mark.django_db``. A test that ends inside a
    transaction is rolled back and needs nothing.
    """
    from tracker.record.triggers import drop_triggers

    yield
    if not connection.in_atomic_block:
        drop_triggers(connection)


@pytest.fixture(scope="class")
def real_record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Hold the real record for the tests of a class, or for one test; what they add is rolled back."""
    from tests.real_record import real_record

    with real_record(django_db_blocker):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the system's Chromium; as root it runs only without its sandbox."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(
            "There is no Chromium: install Debian's package chromium, or run `make test` as root.", pytrace=False
        )
    return {**browser_type_launch_args, "executable_path": path, "args": ["--no-sandbox", "--no-first-run", *QUIET]}


@pytest.fixture(scope="session")
def base_url() -> None:
    """No address is the default: stands in for pytest-base-url's fixture, which pytest 9 calls deprecated."""


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """The address of a server that holds the real record."""
    from tests.real_record import load_real_record

    settings.DEBUG = False
    load_real_record()
    return str(live_server.url)
