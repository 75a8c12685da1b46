"""What staff see when they sign in."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Page, Task

from cms.editorial import roles
from cms.editorial.models import LanguageReviewTask, ScheduleFailure
from cms.editorial.reviewers import waiting_for
from news.models import NewsPage
from tests.make import make_image, make_news, publish, translate
from tests.people import (
    approve,
    assign_workflow,
    check,
    current,
    four_eyes,
    give,
    make_editor,
    make_publisher,
    make_user,
    send_back,
    signed_in,
    submit,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

HOME = "/admin/"
QUERIES = 45
"""A bare dashboard of Wagtail takes 20 of them."""


@pytest.fixture
def editor(site):
    return make_editor(site, "anna")


@pytest.fixture
def publisher(site):
    return make_publisher(site, "bert")


@pytest.fixture
def reviewed(site, editor, publisher):
    """The home page, with a workflow for all that lies below it."""
    assign_workflow(site)
    return site


def draft(**fields) -> Page:
    return make_news(**{"live": False, "introduction": "In short."} | fields)


def panel(user, name: str):
    """A panel of somebody's dashboard as they see it; None where it is left out."""
    response = signed_in(user).get(HOME)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml").select_one(f"#{name}-section")


def words(user, name: str) -> str:
    found = panel(user, name)
    return " ".join(found.get_text(" ", strip=True).split()) if found else ""


def test_a_reviewer_sees_what_waits_with_links_to_read_it(reviewed, editor, publisher):
    page = publish(make_news(introduction="In short."))
    submit(page, editor, title="Said anew")
    shown = panel(publisher, "waiting-for-me")
    text = shown.get_text(" ", strip=True)
    assert "Said anew" in text
    assert "Sent by Anna." in text
    revision = current(page).latest_revision_id
    assert [a["href"] for a in shown.select("table a")] == [
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/workflow/preview/{page.pk}/{four_eyes().pk}/",
        f"/admin/pages/{page.pk}/revisions/compare/live...{revision}/",
    ]
    client = signed_in(publisher)
    assert {client.get(a["href"]).status_code for a in shown.select("a[href^='/admin/']")} == {200}


def test_nobody_is_offered_their_own_text_to_review(reviewed, editor, publisher):
    submit(draft(), publisher)
    assert words(publisher, "waiting-for-me").endswith("Nothing is waiting for you.")


def test_who_reviews_nothing_is_not_told_that_nothing_waits(reviewed, editor, publisher):
    submit(draft(), editor)
    assert panel(editor, "waiting-for-me") is None


def test_the_list_of_what_waits_says_the_same_as_each_task(reviewed, editor, publisher, admin):
    """The dashboard asks in bulk what a task answers for one page; both must agree."""
    assign_workflow(
        reviewed, four_eyes(), four_eyes(roles.EDITORS, name="Second"), name="Two steps"
    )
    outsider = make_user("out", roles.translators("de"))
    pages = [draft() for _ in range(4)]
    for page, sender in zip(pages, [editor, publisher, admin, editor], strict=True):
        submit(page, sender)
    approve(pages[3], publisher)
    for user in (editor, publisher, admin, outsider):
        expected = {
            state.pk
            for task in Task.objects.specific()
            for state in task.get_task_states_user_can_moderate(user)
        }
        assert {review.state.pk for review in waiting_for(user)} == expected


def test_language_reviewers_see_only_their_language(reviewed, editor):
    german = make_user("greta", roles.language_reviewers("de"))
    latvian = make_user("laura", roles.language_reviewers("lv"))
    task = LanguageReviewTask.objects.create(name="Language")
    page = translate(make_news(introduction="In short."), "de")
    assign_workflow(Page.objects.get(pk=page.pk), task, name="Translation review")
    submit(page, editor, title="Auf Deutsch")
    assert "Auf Deutsch" in words(german, "waiting-for-me")
    assert "Auf Deutsch" not in words(latvian, "waiting-for-me")


def test_what_was_sent_back_says_by_whom_and_why(reviewed, editor, publisher):
    page = draft(title="Too early")
    submit(page, editor)
    send_back(page, publisher, "Wait for the date.\nAsk <Nordregio>.")
    told = words(editor, "sent-back-to-me")
    assert "Too early" in told
    assert "Sent back by Bert." in told
    assert "Wait for the date. Ask <Nordregio>." in told
    assert panel(publisher, "sent-back-to-me") is None


def test_what_the_check_sent_back_comes_with_its_list(reviewed, editor):
    submit(draft(image=make_image(credit=""), image_decorative=True), editor)
    told = words(editor, "sent-back-to-me")
    assert "Sent back by the content check." in told
    assert "the image has no credit" in told


def test_who_sent_a_text_sees_who_has_it_now(reviewed, editor, publisher):
    make_user("gone", roles.PUBLISHERS, is_active=False)
    submit(draft(), editor)
    told = words(editor, "in-review")
    assert "Four eyes: Publishers" in told
    assert "Bert" in told
    assert "Gone" not in told
    assert panel(publisher, "in-review") is None


def test_what_nobody_may_approve_is_said_to_who_sent_it(reviewed, publisher):
    submit(draft(), publisher)
    assert "Nobody of them may approve it" in words(publisher, "in-review")


def test_scheduled_pages_are_shown_with_their_time_to_who_may_change_them(site, editor):
    page = draft(title="Anniversary")
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() + timedelta(days=2)
    revision.save()
    other = make_user("out", roles.translators("de"))
    assert "Anniversary" in words(editor, "going-live-soon")
    assert panel(editor, "going-live-soon").select("time")
    assert panel(other, "going-live-soon") is None


def test_pages_that_nobody_touched_for_half_a_year_come_oldest_first(site, editor):
    for days, title in [(200, "Old"), (900, "Ancient"), (90, "Young")]:
        page = make_news(title=title)
        then = timezone.now() - timedelta(days=days)
        Page.objects.filter(pk=page.pk).update(latest_revision_created_at=then)
    told = words(editor, "untouched")
    assert told.index("Ancient") < told.index("Old")
    assert "Young" not in told


def linked(target: Page, **fields) -> NewsPage:
    html = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    return make_news(body=[("text", html)], **fields)


def test_a_link_to_a_page_that_was_taken_offline_is_broken(site, editor):
    target = make_news(title="The target")
    linked(target, title="The source")
    assert panel(editor, "broken-things") is None
    target.unpublish()
    told = words(editor, "broken-things")
    assert "The source" in told
    assert "It links to “The target”, which is not published." in told


def test_a_link_to_a_page_that_was_deleted_is_broken(
    site, editor, django_capture_on_commit_callbacks
):
    target = make_news()
    linked(target, title="The source")
    with django_capture_on_commit_callbacks(execute=True):
        target.delete()
    told = words(editor, "broken-things")
    assert "The source It links to a page that was deleted." in told


def test_a_link_whose_target_is_public_in_the_readers_language_is_not_broken(site, editor):
    target = make_news(title="The target")
    translate(target, "de")
    source = linked(target)
    translate(source, "de")
    Page.objects.filter(pk=target.pk).update(live=False)
    told = panel(editor, "broken-things").select("tbody tr")
    assert [row.a["href"] for row in told] == [f"/admin/pages/{source.pk}/edit/"]


def test_a_failed_schedule_is_told_with_its_error_to_who_may_change_the_page(site, editor):
    page = draft(title="Due")
    ScheduleFailure.objects.create(
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        kind="publish",
        error="The slug is taken.",
    )
    other = make_user("out", roles.translators("de"))
    assert "It was due to go live, and that failed." in words(editor, "broken-things")
    assert "The slug is taken." in words(editor, "broken-things")
    assert panel(other, "broken-things") is None


def test_publishers_are_told_of_files_that_are_missing(site, publisher, editor):
    image = make_image(title="Harbour")
    assert "Harbour" not in words(publisher, "broken-things")
    image.file.storage.delete(image.file.name)
    cache.clear()
    assert f"Harbour Its file is missing: {image.file.name}" in words(publisher, "broken-things")
    assert panel(editor, "broken-things") is None


def test_publishers_are_told_of_a_step_that_nobody_can_do(site, publisher):
    assign_workflow(site, check(), four_eyes("Nobody in here"))
    assert "no active member in Nobody in here" in words(publisher, "broken-things")
    make_user("one", "Nobody in here")
    assert "Nobody in here" not in words(publisher, "broken-things")


def test_the_dashboard_asks_few_questions_however_much_there_is(reviewed, editor, publisher, admin):
    give(roles.EDITORS, reviewed, "publish")
    old = timezone.now() - timedelta(days=400)
    target = make_news()
    for number in range(50):
        page = linked(target, introduction="In short.")
        Page.objects.filter(pk=page.pk).update(latest_revision_created_at=old)
        sender = (editor, publisher, admin)[number % 3]
        submit(draft(), sender)
        returned = draft()
        submit(returned, sender)
        if sender != publisher:
            send_back(returned, publisher)
        planned = draft().get_latest_revision()
        planned.approved_go_live_at = timezone.now() + timedelta(days=number + 1)
        planned.save()
        failed = draft()
        ScheduleFailure.objects.create(
            content_type=ContentType.objects.get_for_model(failed),
            object_id=str(failed.pk),
            kind="publish",
            error="x",
        )
    target.unpublish()
    for user in (editor, publisher, admin):
        client = signed_in(user)
        assert queries_of(client, HOME) <= QUERIES
        shown = BeautifulSoup(client.get(HOME).content, "lxml")
        tables = shown.select(".listing--dashboard")
        assert max(len(table.select("tbody tr")) for table in tables) <= 12
