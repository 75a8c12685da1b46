"""Decisions on a review under the worst of circumstances: killed before any write of theirs."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.changes.models import Change
from cms.editorial import roles
from cms.editorial.models import Clearance
from home.models import HomePage, StandardPage
from tests.kill import killed_at_every_write
from tests.make import make_page, translate
from tests.people import action_url, make_user, signed_in, submit


def prepare_review():
    """A live page with a translation, whose next text waits for its approval."""
    home = HomePage.objects.get(slug="home")
    page = make_page(home, StandardPage, title="Before", slug="page")
    translate(page, "de")
    make_user("publisher", roles.PUBLISHERS)
    submit(page, make_user("editor", roles.EDITORS), title="After")


def source() -> StandardPage:
    return StandardPage.objects.get(locale__language_code="en")


def post(url: str, **data) -> None:
    publisher = get_user_model().objects.get(username="publisher")
    response = signed_in(publisher).post(url, {"comment": ""} | data, headers={"host": "localhost"})
    assert response.status_code == 302


def approve():
    post(action_url(source(), "approve"))


def kinds() -> list[str]:
    """What was recorded of the source after it was published for the first time."""
    changes = Change.objects.filter(page_id=source().pk).order_by("number")
    return list(changes.values_list("kind", flat=True))[1:]


def is_approved_wholly_or_not():
    state = WorkflowState.objects.get()
    approved = state.status == WorkflowState.STATUS_APPROVED
    published = PageLogEntry.objects.filter(action="wagtail.publish", page_id=source().pk)
    assert source().title == ("After" if approved else "Before")
    assert published.count() == 1 + approved
    assert kinds() == ["published"] * approved
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    assert waiting.count() == (not approved)
    assert Change.objects.filter(kind="state").count() == approved


def test_an_approval_survives_a_death_before_any_write(ground):
    points = killed_at_every_write(ground, prepare_review, approve, is_approved_wholly_or_not)
    assert points > 10


def approve_for_tomorrow():
    tomorrow = timezone.localtime() + timedelta(days=1)
    post(action_url(source(), "approve"), go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"))


def is_planned_wholly_or_not():
    planned = source().scheduled_revision is not None
    assert (WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED) == planned
    entries = PageLogEntry.objects.filter(action="wagtail.publish.schedule")
    assert entries.count() == planned
    assert Clearance.objects.exclude(workflow_state=None).count() == planned
    assert (source().title, kinds()) == ("Before", [])


def test_a_planned_approval_survives_a_death_before_any_write(ground):
    points = killed_at_every_write(
        ground, prepare_review, approve_for_tomorrow, is_planned_wholly_or_not
    )
    assert points > 5


def unpublish():
    post(reverse("wagtailadmin_pages:unpublish", args=[source().pk]))


def is_unpublished_wholly_or_not():
    live = source().live
    assert kinds() == ["unpublished"] * (not live)
    entries = PageLogEntry.objects.filter(action="wagtail.unpublish", page_id=source().pk)
    assert entries.count() == (not live)


def test_an_unpublishing_survives_a_death_before_any_write(ground):
    points = killed_at_every_write(ground, prepare_review, unpublish, is_unpublished_wholly_or_not)
    assert points > 5


def is_reviewed_as_it_was_saved_last():
    waiting = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    assert waiting.revision_id == source().latest_revision_id
    assert source().title == "Before"


def save_in_the_editor():
    """A save during a review, in the one transaction that the admin gives it."""
    editor = get_user_model().objects.get(username="editor")
    client = signed_in(editor)
    values = {"title": "After all", "slug": "page", "body": streamfield([])}
    data = nested_form_data(values | {"comments": inline_formset([])})
    url = reverse("wagtailadmin_pages:edit", args=[source().pk])
    assert client.post(url, data, headers={"host": "localhost"}).status_code == 302


def test_a_save_during_a_review_survives_a_death_before_any_write(ground):
    points = killed_at_every_write(
        ground, prepare_review, save_in_the_editor, is_reviewed_as_it_was_saved_last
    )
    assert points > 5
