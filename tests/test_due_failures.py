"""What was due and cannot be done: told once, tried again, and no burden to the others."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_unpublished
from wagtail.users.models import UserProfile

from cms.editorial.models import ScheduleFailure
from tests.due import ago, failing, fresh, let_expire, lose_image, plan, run
from tests.make import make_image, make_news, make_pdf, make_publication
from tests.people import approve, make_editor, make_publisher, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db):
    return get_user_model().objects.create_user("ona", "ona@example.org", first_name="Ona")


def test_one_that_fails_does_not_hold_up_the_others(site):
    broken, page = make_news(live=False), make_news(live=False)
    lose_image(broken)
    plan(page, ago(1))
    assert run() == "1 done, 1 failed.\n"
    assert fresh(page).live
    assert not fresh(broken).live
    failure = ScheduleFailure.objects.get()
    assert (failure.item.specific, failure.kind) == (broken, "publish")
    assert failure.error == "“Image” names something that has been deleted."


def test_a_block_whose_image_is_gone_does_not_go_live_as_a_hole(site):
    page, image = make_news(live=False), make_image()
    plan(page, ago(1), body=[("image", {"image": image, "alt": "A harbour", "caption": ""})])
    image.delete()
    run()
    assert not fresh(page).live
    assert ScheduleFailure.objects.get().error == "“Image” names something that has been deleted."


def test_an_edition_whose_file_is_gone_does_not_go_live(site):
    page = make_publication(live=False, editions=[("en", "", make_pdf())])
    revision = plan(page, ago(1))
    content = revision.content
    content["editions"][0]["file"] = 0
    Revision.objects.filter(pk=revision.pk).update(content=content)
    run()
    assert not fresh(page).live
    assert "“File”" in ScheduleFailure.objects.get().error


def test_owner_and_planner_are_told_once_each(site, owner, admin, mailoutbox):
    page = make_news(live=False, owner=owner, title="Good news")
    lose_image(page, user=admin)
    run()
    ScheduleFailure.objects.update(last_at=ago(2))
    run()
    assert ScheduleFailure.objects.get().attempts == 2
    assert sorted(letter.to[0] for letter in mailoutbox) == ["admin@example.org", "ona@example.org"]
    for letter in mailoutbox:
        assert letter.subject == "“Good news” did not go live"
        assert "“Image” names something that has been deleted." in letter.body
        may_edit = letter.to == [admin.email]
        assert (f"/admin/pages/{page.pk}/edit/" in letter.body) == may_edit


def test_an_attempt_waits_longer_each_time_and_an_hour_at_most(site):
    page = make_news(live=False)
    lose_image(page)
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=ago(100))
    run()
    assert run() == "0 done, 0 failed.\n"
    for attempts, minutes in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (5000, 60)]:
        ScheduleFailure.objects.update(attempts=attempts, last_at=ago(minutes - 0.5))
        assert run() == "0 done, 0 failed.\n", attempts
        ScheduleFailure.objects.update(attempts=attempts, last_at=ago(minutes))
        assert run() == "0 done, 1 failed.\n", attempts


def test_a_later_success_ends_the_failure(site):
    page = make_news(live=False)
    plan(page, ago(5), slug="taken")
    taken = make_news(slug="taken")
    run()
    assert ScheduleFailure.objects.count() == 1
    Page.objects.filter(pk=taken.pk).update(slug="free")
    ScheduleFailure.objects.update(last_at=ago(2))
    assert run() == "1 done, 0 failed.\n"
    assert fresh(page).live
    assert not ScheduleFailure.objects.exists()


def test_a_failure_is_forgotten_when_its_schedule_is_given_up(site):
    revision = lose_image(make_news(live=False))
    run()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    run()
    assert not ScheduleFailure.objects.exists()


def test_a_new_schedule_is_tried_and_told_as_a_new_one(site, owner, mailoutbox):
    page = make_news(live=False, owner=owner)
    lose_image(page)
    run()
    ScheduleFailure.objects.update(attempts=9, last_at=ago(3))
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=ago(2))
    assert run() == "0 done, 1 failed.\n"
    assert ScheduleFailure.objects.get().attempts == 1
    assert len(mailoutbox) == 2


def test_an_expiry_that_fails_is_kept_as_one(site, owner, mailoutbox):
    page = make_news(owner=owner, title="Old news")
    let_expire(page, ago(1))
    with failing(page_unpublished):
        assert run() == "0 done, 1 failed.\n"
    assert fresh(page).live
    assert ScheduleFailure.objects.get().kind == "expire"
    assert [letter.subject for letter in mailoutbox] == ["“Old news” was not taken down"]
    ScheduleFailure.objects.update(last_at=ago(2))
    assert run() == "1 done, 0 failed.\n"


def test_a_letter_speaks_the_language_of_its_reader(site, owner, mailoutbox):
    UserProfile.objects.create(user=owner, preferred_language="de")
    lose_image(make_news(live=False, owner=owner, title="Good news"))
    run()
    assert mailoutbox[0].subject == "„Good news“ ist nicht online gegangen"
    assert "Good news" in mailoutbox[0].body
    assert "names something" not in mailoutbox[0].body


def test_a_time_alone_makes_nothing_public_that_nobody_has_approved(site):
    page = make_news(live=False)
    plan(page, ago(1)).clearances.all().delete()
    assert run() == "0 done, 1 failed.\n"
    assert not fresh(page).live
    assert ScheduleFailure.objects.get().error == "This text must be reviewed before it goes live."


def test_who_approved_a_time_is_told_when_it_cannot_be_kept(site, mailoutbox):
    page, image = make_news(live=False), make_image()
    editor, publisher = make_editor(page), make_publisher(page)
    submit(page, editor, introduction="What happened.", image=image, image_alt="A harbour")
    approve(page, publisher, go_live_at=(timezone.now() + timedelta(hours=1)).isoformat())
    assert run() == "0 done, 0 failed.\n"
    image.delete()
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=ago(1))
    assert run() == "0 done, 1 failed.\n"
    assert [letter.to for letter in mailoutbox][-1:] == [[publisher.email]]
