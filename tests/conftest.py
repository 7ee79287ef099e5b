"""What every test may count on: the regions, the cast, real data where it is there.

Where tests write is said in ``tests/early.py``, which is read before Django's settings.
"""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests import staging
from tests.staging import staged

# a property either holds or not; how long it takes on a loaded machine says nothing. ``make test`` tries the
# same examples each time, so that a change is judged by itself; ``make prove`` looks for new ones, and for more
settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("PENDAMPING_EXAMPLES", "house"))

# test files about what both databases show alike
SHOWN_ALIKE = (
    "_pages", "_who_may", "_bench_runs", "_debtors", "_scans", "_practice_wards", "_signs_in_files",
    "_server_starts", "_pages_days", "_papers", "_screenshot", "_bench_growth", "_archive", "_evidence_files",
    "_evidence_report",
)  # fmt: skip

LONG = (
    "test_every_page", "test_long_journey", "test_treasurers_month", "test_offline", "test_who_may",
    "test_backup", "test_practice_wards", "test_closing_agrees",
)  # fmt: skip

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("PENDAMPING_TEST_DATA", HERE.parent.parent / "shared" / "data"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What pages show is tested on SQLite in ``make test``, and on PostgreSQL too in ``make prove``.

    What they read and write is tested on both by the tests of actions and queries. So with what is read from
    files or printed, the smallest runs of benchmarks, and the odd ends of backups.
    """
    from tests.journeys.prepared import on_postgres

    for item in items:
        pages = item.path.stem.endswith(SHOWN_ALIKE)
        pages = pages or item.path.stem.startswith("test_desk")
        restores = item.path.stem == "test_backup" and not item.name.startswith(
            ("test_a_backup_brings_a_whole", "test_a_damaged_backup")
        )
        if on_postgres() and (pages or restores):
            item.add_marker(pytest.mark.prove)
    _in_order_of_stages(items)


def _long_first(path):
    """Files that take long begin first: else one worker is left with them while the others have done."""
    return LONG.index(path.stem) if path.stem in LONG else len(LONG)


def _in_order_of_stages(items):
    """Tests of a file that play on one stage follow each other; the stage is set before all else."""
    paths = sorted(dict.fromkeys(item.path for item in items), key=_long_first)
    order = {path: place for place, path in enumerate(paths)}
    names = {id(item): [one.make.__name__ for one in staging.stages_of(item)] for item in items}
    items.sort(key=lambda item: (order[item.path], names[id(item)]))
    for item in items:
        reads = item.get_closest_marker("django_db") or "db" in item.fixturenames
        if reads and "stage_set" not in item.fixturenames:
            item.fixturenames.insert(0, "stage_set")


def pytest_collection_finish():
    """What is loaded by now stays: the search for garbage need not walk over it again and again."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def pytest_sessionfinish():
    """The process that made it clears away what all workers shared."""
    if os.environ["PENDAMPING_TESTS_OWNER"] == str(os.getpid()):
        from tests.journeys.prepared import clear_away

        clear_away()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tables as migrated, the system account, every official region."""
    from pendamping.access import actions as access
    from pendamping.access import queries
    from pendamping.territory import actions as territory
    from pendamping.territory import official

    with django_db_blocker.unblock():
        access.make_system()
        territory.update_regions(
            by=queries.system(), regions=official.regions(), source=official.source()
        )


@pytest.fixture(scope="session", autouse=True)
def static_files_as_they_stand():
    """Pages name static files by their plain names; built ones belong to a site that is served."""
    from django.conf import settings
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(scope="session")
def data_folder():
    """Real data that nobody here wrote; where it is missing the test is skipped with the reason."""
    if not DATA.is_dir():
        pytest.skip(f"no test data at {DATA} (PENDAMPING_TEST_DATA)")
    return DATA


@pytest.fixture(scope="session")
def stages(django_db_setup, django_db_blocker):
    """What stands in the end is taken down before the database is."""
    yield django_db_blocker
    with django_db_blocker.unblock():
        staging.take_down()


@pytest.fixture
def stage_set(request, stages):
    """The stage that this test asks for stands before its own transaction begins."""
    with stages.unblock():
        staging.set_for(request.node)


@staged
def cast():
    """One cast for every test: see ``tests/cast.py``."""
    from tests.cast import make_cast

    return make_cast()
