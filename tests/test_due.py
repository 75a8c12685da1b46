"""Schedules: what was planned happens once, in order, and wholly, or somebody is told."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import published

from cms.changes.models import Change
from cms.editorial.models import ScheduleFailure
from publications.models import EditionRelease
from tests.due import ago, failing, fresh, let_expire, log_of, lose_image, plan, run
from tests.make import make_news, make_pdf, make_publication, make_recommendations

pytestmark = pytest.mark.django_db

PUBLISHED, EXPIRED = "wagtail.publish.scheduled", "wagtail.unpublish.scheduled"


def changes_since(number: int) -> list[tuple]:
    return [(row.kind, row.page_id) for row in Change.objects.after(number)]


def last_change() -> int:
    return Change.objects.order_by("-number").values_list("number", flat=True).first() or 0


def test_what_is_due_happens_in_the_order_of_its_times(site):
    late, gone, early = make_news(live=False), make_news(), make_news(live=False)
    plan(late, ago(1))
    let_expire(gone, ago(2))
    plan(early, ago(3))
    before = last_change()
    assert run() == "3 done, 0 failed.\n"
    assert changes_since(before) == [
        ("published", early.pk),
        ("unpublished", gone.pk),
        ("published", late.pk),
    ]
    assert fresh(late).live
    assert fresh(early).live
    assert not fresh(gone).live
    assert fresh(gone).expired


def test_what_is_not_due_yet_waits(site):
    page, live = make_news(live=False), make_news()
    plan(page, timezone.now() + timedelta(minutes=1))
    let_expire(live, timezone.now() + timedelta(minutes=1))
    assert run() == "0 done, 0 failed.\n"
    assert not fresh(page).live
    assert fresh(live).live


def test_a_second_run_does_nothing_again(site):
    page, gone = make_news(live=False), make_news()
    plan(page, ago(1))
    let_expire(gone, ago(1))
    run()
    before = last_change()
    assert run() == "0 done, 0 failed.\n"
    assert last_change() == before
    assert log_of(page) == [PUBLISHED]
    assert log_of(gone) == [EXPIRED]


def test_wagtails_own_command_is_the_same_door(site):
    page = make_news(live=False)
    plan(page, ago(1))
    lose_image(make_news(live=False))
    call_command("publish_scheduled", stdout=StringIO())
    assert fresh(page).live
    assert ScheduleFailure.objects.count() == 1


def test_a_dry_run_tells_what_is_due_and_does_nothing(site):
    page, gone = make_news(live=False, title="Good news"), make_news(title="Old news")
    plan(page, ago(1))
    let_expire(gone, ago(2))
    lines = run("--dry-run").splitlines()
    assert [line.split(maxsplit=2)[2] for line in lines] == [
        f"expire {gone.pk} Old news",
        f"publish {page.pk} Good news",
    ]
    assert not fresh(page).live
    assert fresh(gone).live


def test_nothing_of_a_publication_stays_that_fails_in_its_last_step(site):
    page = make_publication(live=False, editions=[("en", "", make_pdf())])
    revision = plan(page, ago(1))
    before = last_change()
    with failing(published):
        assert run() == "0 done, 1 failed.\n"
    assert not fresh(page).live
    assert log_of(page) == []
    assert last_change() == before
    assert not EditionRelease.objects.exists()
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at


def test_editions_are_released_when_their_publication_goes_live(site):
    page = make_recommendations(live=False)
    publication = make_publication(live=False, editions=[("en", "", make_pdf())])
    plan(page, ago(1))
    plan(publication, ago(1))
    before = last_change()
    run()
    assert EditionRelease.objects.get().work == publication.translation_key
    assert ("released", publication.pk) in changes_since(before)
    assert fresh(page).recommendations.count() == 2


def test_what_is_to_follow_an_expired_text_stays_planned(site):
    page = make_news(title="This week")
    plan(page, timezone.now() + timedelta(days=3), title="Next week")
    let_expire(page, ago(1))
    run()
    assert not fresh(page).live
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=ago(1))
    run()
    assert fresh(page).live
    assert fresh(page).title == "Next week"


def test_a_new_text_takes_over_at_the_moment_when_the_old_one_expires(site):
    page, moment = make_news(title="This week"), ago(1)
    let_expire(page, moment)
    plan(page, moment, title="Next week", expire_at=None)
    run()
    assert fresh(page).live
    assert log_of(page) == [PUBLISHED]


def test_what_should_have_come_and_gone_while_the_clock_stood_still_does_both_in_turn(site):
    page, other = make_news(live=False), make_news(live=False)
    plan(page, ago(30), expire_at=ago(20))
    plan(other, ago(10))
    before = last_change()
    assert run() == "3 done, 0 failed.\n"
    assert log_of(page) == [PUBLISHED, EXPIRED]
    assert changes_since(before) == [
        ("published", page.pk),
        ("unpublished", page.pk),
        ("published", other.pk),
    ]


def test_a_text_that_would_expire_before_it_goes_live_does_not_go_live(site):
    page = make_news(live=False)
    plan(page, ago(5), expire_at=ago(6))
    run()
    assert not fresh(page).live
    assert ScheduleFailure.objects.get().error == "The text would expire before it goes live."


def test_the_time_of_the_approval_counts_and_not_a_later_one_in_the_text(site):
    page = make_news(live=False)
    plan(page, ago(1), go_live_at=timezone.now() + timedelta(days=2))
    run()
    assert fresh(page).live
