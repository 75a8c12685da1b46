"""An empty site as `setup_site` makes it, and the person who may do everything in it."""

import gc
from contextlib import nullcontext
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from xdist.scheduler import LoadScopeScheduling

from cms.delivery.caches import OpenRedisCache
from cms.delivery.messages import compile_messages
from cms.models.locales import forget_locales
from home.models import HomePage
from tests.database import migrated_once
from tests.rows import Rows

ON_ONE_WORKER = ("tests/sample/", "tests/services/test_redis.py", "tests/services/test_s3.py")
"""Folders and files whose tests share what takes long to make, or must not run side by side."""

REDIS_DATABASES = 16
"""How many a Redis server has unless it was told otherwise."""


class Scheduler(LoadScopeScheduling):
    """Gives each test to the next free worker, but for those ON_ONE_WORKER."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in ON_ONE_WORKER if nodeid.startswith(place)), nodeid)


def pytest_xdist_make_scheduler(config, log) -> Scheduler | None:
    """Instead of xdist's own: pytest 9.2 loses its groups (pytest-dev/pytest-xdist#1386)."""
    return Scheduler(config, log) if config.getoption("dist") == "loadgroup" else None


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking for garbage in it again and again takes a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(worker_id):
    """Each worker empties a Redis database of its own, and waits for it on a busy machine."""
    options = settings.CACHES["default"]
    if not options.get("LOCATION", "").startswith("redis://"):
        return
    server, _, database = options["LOCATION"].rpartition("/")
    worker = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    options["LOCATION"] = f"{server}/{(int(database) + worker) % REDIS_DATABASES}"
    options["OPTIONS"] |= {"socket_connect_timeout": 5, "socket_timeout": 5}
    del caches["default"]


@pytest.fixture(autouse=True, scope="session")
def _prepared():
    """What `make serve` does before it serves; WhiteNoise warns of a missing folder."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    compile_messages()


@pytest.fixture(autouse=True)
def _forget():
    """What a process keeps between requests must not pass from one test to the next."""
    _forget_all()
    yield
    _forget_all()


def _forget_all() -> None:
    forget_locales()
    ContentType.objects.clear_cache()
    OpenRedisCache.paused_until = 0.0
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(request, worker_id, tmp_path_factory, django_db_blocker) -> Rows:
    """A database from the migrations; what `setup_site` would write into it."""
    alone = connection.vendor != "sqlite" or worker_id == "master"
    shared = tmp_path_factory.getbasetemp().parent
    with nullcontext() if alone else migrated_once(shared):
        request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        rows = Rows(set_up)
    _forget_all()
    return rows


@pytest.fixture
def site(django_db_setup, db) -> HomePage:
    """The English home page of an empty site with its five locales."""
    if connection.in_atomic_block and not HomePage.objects.exists():
        django_db_setup.write()
        _forget_all()
    else:  # what the migrations wrote is gone after a test with transactions of its own
        set_up()
    return HomePage.objects.get(locale__language_code="en")


def set_up() -> None:
    call_command("setup_site", stdout=StringIO())


@pytest.fixture
def admin(db):
    """A superuser."""
    return get_user_model().objects.create_superuser("admin", "admin@example.org", "a-password")


@pytest.fixture
def admin_client(client, admin):
    """A browser in which the superuser is signed in."""
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    return client
