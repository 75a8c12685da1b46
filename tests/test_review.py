"""A review that holds: what goes live is what somebody else approved, and nothing else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState, WorkflowState, WorkflowTask

from cms.editorial import roles
from cms.editorial.models import Clearance
from cms.editorial.rule import NotReviewed
from home.models import StandardPage
from tests.editing import act, edit_url, form_of, send, told
from tests.make import make_image, make_news, make_page, make_partner, translate
from tests.people import action_url, current, make_user, save, signed_in, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(site):
    return make_user("editor", roles.EDITORS)


@pytest.fixture
def publisher(site):
    return make_user("publisher", roles.PUBLISHERS)


@pytest.fixture
def page(site):
    return make_page(site, StandardPage, title="Before", introduction="In short.")


def test_what_an_editor_sends_goes_live_when_a_publisher_approves(page, editor, publisher):
    send(signed_in(editor), page, title="After", **{"action-submit": "1"})
    assert current(page).title == "Before"
    act(publisher, page)
    assert current(page).title == "After"
    assert current(page).workflow_states.get().status == WorkflowState.STATUS_APPROVED


@pytest.mark.parametrize("who", ["editor", "publisher", "admin"])
def test_nobody_publishes_from_the_editor(page, request, who):
    client = signed_in(request.getfixturevalue(who))
    before = page.latest_revision_id
    send(client, page, title="After", **{"action-publish": "1"})
    assert current(page).title == "Before"
    assert current(page).latest_revision_id == before
    assert PageLogEntry.objects.filter(action="cms.refused", page_id=page.pk).count() == 1


@pytest.mark.parametrize("who", ["editor", "publisher", "admin"])
def test_nobody_publishes_by_a_bulk_action(page, request, who):
    user = request.getfixturevalue(who)
    save(page, user, title="After")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert signed_in(user).post(f"{url}?id={page.pk}").status_code == 302
    assert current(page).title == "Before"


def test_code_cannot_publish_what_nobody_has_cleared(page):
    revision = save(page, None, title="After")
    with pytest.raises(NotReviewed):
        revision.publish()
    with pytest.raises(NotReviewed):
        StandardPage.objects.get(pk=page.pk).copy(
            update_attrs={"slug": "copy", "live_revision": None}, keep_live=True
        )
    assert current(page).title == "Before"


def test_a_cleared_text_that_was_changed_afterwards_is_not_cleared(page, publisher):
    revision = save(page, None, title="After")
    Clearance.objects.reviewed(None, revision, publisher)
    revision.content = revision.content | {"title": "Something else"}
    revision.save()
    with pytest.raises(NotReviewed):
        revision.publish()


def test_nobody_approves_what_they_submitted_or_last_changed(page, admin):
    submit(page, admin, title="After")
    response = signed_in(admin).get(edit_url(page))
    assert b'data-workflow-action-name="approve"' not in response.content
    act(admin, page)
    assert current(page).title == "Before"
    other = make_user("other", roles.PUBLISHERS)
    save(page, other, title="After all")
    act(other, page)
    act(admin, page)
    assert current(page).title == "Before"
    act(make_user("third", roles.PUBLISHERS), page)
    assert current(page).title == "After all"


def test_an_editor_approves_nothing(page, editor):
    submit(page, make_user("author"), title="After")
    act(editor, page)
    assert current(page).title == "Before"


def test_the_content_check_sends_back_with_a_list_and_says_so(site, editor):
    image = make_image(credit="")
    page = make_page(site, StandardPage, image=image, image_alt="A ferry", live=False)
    response = signed_in(editor).post(
        edit_url(page), form_of(signed_in(editor), page) | {"action-submit": "1"}, follow=True
    )
    assert "“Image”: the image has no credit." in told(response)
    assert "submitted" not in told(response)
    state = current(page).current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert "“Image”: the image has no credit." in state.current_task_state.comment


def test_a_save_during_a_review_is_what_is_reviewed_from_then_on(page, editor, publisher):
    submit(page, editor, title="After")
    stale = action_url(page, "approve")
    send(signed_in(editor), page, title="After all")
    response = signed_in(publisher).post(stale, {"comment": ""}, follow=True)
    assert current(page).title == "Before"
    assert "Meanwhile the text was changed" in told(response)
    compare = BeautifulSoup(response.content, "lxml").select_one("a[href*='/compare/']")
    assert "After all" in signed_in(publisher).get(compare["href"]).content.decode()
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    assert states.get().revision_id == current(page).latest_revision_id
    act(publisher, page)
    assert current(page).title == "After all"


def test_a_save_voids_what_an_earlier_step_has_approved(site, editor, publisher):
    partner = make_partner(title="Nordregio", slug="nordregio", introduction="Before.")
    spokesman = make_user("spokesman", roles.partner_editors("nordregio"))
    submit(partner, editor, introduction="After.")
    act(spokesman, partner)
    assert current(partner).current_workflow_task.name == "Approval by a publisher"
    save(partner, editor, introduction="After all.")
    assert current(partner).current_workflow_task.name == "Confirmation by the partner"
    act(publisher, partner)
    assert current(partner).introduction == "Before."
    act(spokesman, partner)
    act(publisher, partner)
    assert current(partner).introduction == "After all."


def test_a_partner_need_not_confirm_its_own_words(site, publisher):
    partner = make_partner(title="Nordregio", slug="nordregio", introduction="Before.")
    spokesman = make_user("spokesman", roles.partner_editors("nordregio"))
    submit(partner, spokesman, introduction="After.")
    assert current(partner).current_workflow_task.name == "Approval by a publisher"
    act(publisher, partner)
    assert current(partner).introduction == "After."


def test_two_approvals_at_once_count_once(page, editor, publisher):
    published = PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish")
    before = published.count()
    submit(page, editor, title="After")
    url = action_url(page, "approve")
    signed_in(publisher).post(url, {"comment": ""})
    signed_in(make_user("publisher-2", roles.PUBLISHERS)).post(url, {"comment": ""})
    assert published.count() == before + 1
    assert TaskState.objects.filter(status=TaskState.STATUS_APPROVED).count() == 2  # and the check


def test_an_approval_may_name_a_time(page, editor, publisher):
    submit(page, editor, title="After")
    tomorrow = timezone.localtime() + timedelta(days=1)
    act(publisher, page, go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"))
    assert current(page).title == "Before"
    scheduled = current(page).scheduled_revision
    assert scheduled.content["title"] == "After"
    assert abs(scheduled.approved_go_live_at - tomorrow) < timedelta(minutes=1)
    entry = PageLogEntry.objects.get(page_id=page.pk, action="wagtail.publish.schedule")
    assert entry.user == publisher


def test_a_time_that_has_passed_is_refused_at_the_field(page, editor, publisher):
    submit(page, editor, title="After")
    response = signed_in(publisher).post(
        action_url(page, "approve"),
        {"comment": "", "go_live_at": "2019-12-02 09:00"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert "This time has passed" in response.json()["html"]
    assert current(page).workflow_in_progress


def test_a_reviewer_sees_what_changes_of_the_live_version(page, editor, publisher):
    submit(page, editor, title="After")
    html = signed_in(publisher).get(action_url(page, "approve")).json()["html"]
    diff = BeautifulSoup(html, "lxml").select_one("table.listing")
    assert "Before" in diff.get_text()
    assert "After" in diff.get_text()
    assert "In short." not in diff.get_text()


def test_what_is_sent_back_can_be_mended_and_sent_again(page, editor, publisher):
    submit(page, editor, title="Aftr")
    act(publisher, page, "reject", comment="A letter is missing.")
    assert current(page).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    send(signed_in(editor), page, title="After", **{"action-submit": "1"})
    act(publisher, page)
    assert current(page).title == "After"


def test_a_translation_is_reviewed_by_its_language(site, editor, publisher):
    news = make_news(title="News", introduction="In short.")
    german = translate(news, "de")
    reviewer = make_user("reviewer", roles.language_reviewers("de"))
    stranger = make_user("stranger", roles.language_reviewers("lv"))
    submit(german, make_user("translator", roles.translators("de")), title="Neu")
    for user in (publisher, stranger):
        act(user, german)
        assert current(german).title == "de News"
    act(reviewer, german)
    assert current(german).title == "Neu"


def test_what_is_written_in_another_locale_is_reviewed_like_its_place(site, publisher):
    news = make_news(title="News")
    german_index = translate(news.get_parent().specific, "de")
    own = make_news(german_index, title="Nur hier", introduction="Kurz.", live=False)
    assert own.get_workflow().name == "Editorial review"
    assert translate(news, "de").get_workflow().name == "Translation review"


def test_a_review_that_goes_on_is_not_ended_by_what_was_planned_before(page, editor, publisher):
    submit(page, editor, title="Planned")
    act(publisher, page)
    revision = save(page, editor, title="Next")
    submit(page, editor, title="Next")
    assert current(page).workflow_in_progress
    Clearance.objects.reviewed(None, revision, publisher)
    revision.publish()
    assert current(page).workflow_in_progress


def test_the_public_sees_a_draft_at_no_time(page, editor, publisher):
    def shown() -> str:
        return Client().get(page.url).content.decode()

    save(page, editor, title="Draft")
    assert "Draft" not in shown()
    submit(page, editor, title="Draft")
    assert "Draft" not in shown()
    act(publisher, page, "reject", comment="No.")
    assert "Draft" not in shown()


def test_a_review_whose_step_is_taken_away_publishes_nothing(page, editor, admin):
    submit(page, editor, title="After")
    step = current(page).current_workflow_task
    url = reverse("wagtailadmin_workflows:disable_task", args=[step.pk])
    assert "Nobody else has approved this text" in told(signed_in(admin).post(url, follow=True))
    assert current(page).title == "Before"
    assert current(page).workflow_in_progress


def test_a_workflow_without_anybody_who_looks_publishes_nothing(page, editor):
    WorkflowTask.objects.filter(task__name="Approval by a publisher").delete()
    send(signed_in(editor), page, title="After", **{"action-submit": "1"})
    assert current(page).title == "Before"
    assert not Clearance.objects.filter(revision__object_str="After").exists()
