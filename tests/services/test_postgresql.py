"""What only a database server can get wrong: order under concurrency, and a second load."""

import json
import time
from io import StringIO
from threading import Event, Thread

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from cms.changes.models import Change
from cms.sample.load import load_sample

postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL")


@postgresql
def test_the_migrations_say_all_that_the_models_say(db):
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_change_gets_its_number_when_the_one_before_is_committed(in_background):
    first_has_recorded, second_has_begun = Event(), Event()
    committed = []

    def record(before, after, name):
        with transaction.atomic():
            before()
            Change.objects.record("shared", what=name)
            after()
        committed.append(name)

    def wait_for_the_second():
        first_has_recorded.set()
        assert second_has_begun.wait(10)
        # The second one stands at the lock now, or has run past it if there is none.
        time.sleep(0.5)

    def begin_second():
        assert first_has_recorded.wait(10)
        second_has_begun.set()

    in_background(record, lambda: None, wait_for_the_second, "first")
    in_background(record, begin_second, lambda: None, "second")
    in_background.join()
    assert committed == ["first", "second"]
    assert list(Change.objects.order_by("number").values_list("what", flat=True)) == committed


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_reader_never_meets_a_number_below_one_it_has_seen(in_background):
    """Four writers, and a reader who asks again and again for what is new."""

    def write(name):
        for number in range(15):
            with transaction.atomic():
                Change.objects.record("shared", what=f"{name}-{number}")
                Change.objects.record("shared", what=f"{name}-{number}-again")

    for name in range(4):
        in_background(write, name)
    seen: list[int] = []
    while in_background.are_running():
        seen += news_since(seen)
    in_background.join()
    seen += news_since(seen)
    assert len(seen) == 4 * 15 * 2
    assert seen == sorted(Change.objects.values_list("number", flat=True))


@postgresql
def test_a_second_load_of_the_sample_writes_nothing(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("setup_site", stdout=StringIO())
        assert load_sample() > 0
    before = table_sizes()
    call_command("setup_site", stdout=StringIO())
    assert load_sample() == 0
    assert table_sizes() == before


def test_a_database_out_of_reach_is_told_and_the_process_lives(new_site):
    site = new_site(DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    with site.serving():
        assert site.get("/livez").status == 200
        answer = site.get("/readyz")
    assert answer.status == 503
    assert json.loads(answer.text)["checks"]["database"] == "failed"


def test_a_site_whose_migrations_are_not_applied_is_not_ready_until_they_are(new_site):
    site = new_site()
    site.manage("migrate", "--fake", "--verbosity", "0", "editorial", "zero")
    with site.serving():
        answer = site.get("/readyz")
        assert answer.status == 503
        assert json.loads(answer.text)["checks"]["database"] == "failed"
        assert site.get("/livez").status == 200
        site.manage("migrate", "--fake", "--verbosity", "0", "editorial")
        assert site.get("/readyz").status == 200


def test_health_answers_whatever_host_is_asked_for(new_site):
    site = new_site(SITE_URL="https://example.org", ALLOWED_HOSTS="example.org")
    with site.serving():
        assert site.get("/livez", Host="10.1.2.3").status == 200
        assert site.get("/readyz", Host="10.1.2.3").status == 200
        assert site.get("/en/", Host="10.1.2.3").status == 400


def news_since(seen: list[int]) -> list[int]:
    """The numbers behind the last one seen."""
    return list(Change.objects.after(max(seen, default=0)).values_list("number", flat=True))


def table_sizes() -> dict[str, int]:
    """{"wagtailcore_page": 118, ...}"""
    with connection.cursor() as cursor:
        sizes = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            sizes[name] = cursor.fetchone()[0]
    return sizes


@pytest.fixture
def in_background():
    """Runs functions in threads with connections of their own; their errors come out in join()."""
    background = Background()
    yield background
    background.join()


class Background:
    def __init__(self):
        self.threads: list[Thread] = []
        self.errors: list[Exception] = []

    def __call__(self, function, *arguments) -> None:
        self.threads.append(Thread(target=self._run, args=(function, *arguments)))
        self.threads[-1].start()

    def _run(self, function, *arguments) -> None:
        try:
            function(*arguments)
        except Exception as error:
            self.errors.append(error)
        finally:
            connections.close_all()

    def are_running(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def join(self) -> None:
        for thread in self.threads:
            thread.join(60)
        assert not self.errors
