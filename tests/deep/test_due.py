"""Due publishing under the worst of circumstances: killed anywhere, and in company."""

import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry, Revision

from cms.changes.models import Change
from cms.editorial.models import ScheduleFailure, Tick
from cms.translation.models import TranslationBasis
from news.models import NewsPage
from publications.models import EditionRelease, PublicationPage
from tests.due import ago, let_expire, log_of, lose_image, plan
from tests.kill import killed_at_every_write, run_inside, site_on
from tests.make import make_edition, make_news, make_publication, translate
from tests.services.conftest import ROOT

MANY = 100
PROCESSES = 4
PUBLISHED, EXPIRED = "wagtail.publish.scheduled", "wagtail.unpublish.scheduled"


def publish_due():
    call_command("publish_due", verbosity=0)


def changes_of(page) -> Counter:
    return Counter(Change.objects.filter(page_id=page.pk).values_list("kind", flat=True))


def prepare_publication():
    """A live page with a translation; its next text brings an edition."""
    page = make_publication(title="Handbook")
    translate(page, "de")
    plan(page, ago(1), title="Handbook, new", editions=[make_edition("en")])


def is_published_once():
    publish_due()
    page = PublicationPage.objects.get(locale__language_code="en")
    assert (page.live, page.title) == (True, "Handbook, new")
    assert page.live_revision.object_str == "Handbook, new"
    assert log_of(page) == [PUBLISHED]
    assert changes_of(page) == {"published": 2, "released": 1}
    assert EditionRelease.objects.count() == 1
    assert TranslationBasis.objects.get(page__slug=page.slug).state == "outdated"
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert not ScheduleFailure.objects.exists()


def test_a_publication_survives_a_death_before_any_write(ground):
    assert killed_at_every_write(ground, prepare_publication, publish_due, is_published_once) > 10


def prepare_expiry():
    page = make_news()
    translate(page, "de")
    let_expire(page, ago(1))


def is_expired_once():
    publish_due()
    page = NewsPage.objects.get(locale__language_code="en")
    assert (page.live, page.expired) == (False, True)
    assert log_of(page) == [EXPIRED]
    assert changes_of(page) == {"published": 1, "unpublished": 1}
    german = NewsPage.objects.get(locale__language_code="de")
    assert (german.live, german.expired) == (False, True)
    assert not TranslationBasis.objects.filter(page=german).exists()


def test_an_expiry_survives_a_death_before_any_write(ground):
    assert killed_at_every_write(ground, prepare_expiry, publish_due, is_expired_once) > 5


def prepare_failure():
    owner = get_user_model().objects.create_user("ona", "ona@example.org")
    lose_image(make_news(live=False, owner=owner))


def is_told_once():
    publish_due()
    assert ScheduleFailure.objects.get().attempts == 1
    letters = DBTaskResult.objects.filter(task_path="cms.editorial.failures.mail")
    assert [row.args_kwargs["args"][0] for row in letters] == ["ona@example.org"]
    assert not NewsPage.objects.live().exists()


def test_a_failure_is_told_once_though_its_teller_dies_before_any_write(ground):
    assert killed_at_every_write(ground, prepare_failure, publish_due, is_told_once) > 2


def prepare_crowd():
    """Four texts that go live for each one that expires."""
    pages = [make_news(live=number % 5 == 0) for number in range(MANY)]
    for number, page in enumerate(pages):
        if page.live:
            let_expire(page, ago(MANY - number))
        else:
            plan(page, ago(MANY - number), title=f"{page.title}, new")


def each_happened_once():
    pages = list(NewsPage.objects.all())
    assert len(pages) == MANY
    assert Counter(page.live for page in pages) == {True: MANY * 4 // 5, False: MANY // 5}
    entries = PageLogEntry.objects.filter(action__in=[PUBLISHED, EXPIRED])
    assert Counter(entries.values_list("page_id", flat=True)) == {page.pk: 1 for page in pages}
    for page in pages:
        expected = {"published": 1} if page.live else {"published": 1, "unpublished": 1}
        assert changes_of(page) == expected
    assert not ScheduleFailure.objects.exists()


def test_four_processes_do_each_of_a_hundred_due_items_once(ground):
    ground.copy("empty", "crowd")
    run_inside(ground, "crowd", prepare_crowd)
    run_inside(ground, "crowd", publish_due, count=PROCESSES)
    run_inside(ground, "crowd", each_happened_once)


def wait_for_the_clock():
    for _ in range(300):
        if not Tick.objects.is_silent("clock", timedelta(minutes=3)):
            return
        time.sleep(0.1)
    raise AssertionError("The clock has left no mark")


def test_the_clock_does_what_is_due_at_its_start_and_leaves_its_mark(ground):
    ground.copy("empty", "clocked")
    run_inside(ground, "clocked", prepare_publication)
    site = site_on(ground, "clocked")
    command = [sys.executable, "manage.py", "clock"]
    clock = subprocess.Popen(command, cwd=ROOT, env=site.environment)
    try:
        site.run("from tests.deep.test_due import wait_for_the_clock as wait; wait()")
    finally:
        clock.terminate()
    assert clock.wait(timeout=30) == 0
    run_inside(ground, "clocked", is_published_once)
