"""Nobody's work is lost in the editor, and no review is passed by in it."""

import pytest
from bs4 import BeautifulSoup

from cms.editorial import roles
from cms.editorial.differences import is_same_text
from home.models import StandardPage
from tests.editing import act, edit_url, form_of, sent
from tests.make import make_page
from tests.people import current, make_user, save, signed_in, submit

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


def test_a_stale_form_shows_both_versions_and_overwrites_nothing(page, editor, publisher):
    mine = signed_in(editor)
    form = form_of(mine, page, title="Mine")
    save(page, publisher, title="Theirs")
    response = mine.post(edit_url(page), form)
    shown = BeautifulSoup(response.content, "lxml")
    assert current(page).get_latest_revision_as_object().title == "Theirs"
    assert shown.select_one("input[name=title]")["value"] == "Mine"
    conflict = shown.select_one("#conflict").get_text(" ")
    assert "Theirs" in conflict
    assert "Mine" in conflict
    assert mine.post(edit_url(page), sent(response.content.decode())).status_code == 302
    assert current(page).get_latest_revision_as_object().title == "Mine"


def test_nothing_saves_itself_while_it_is_in_review(page, editor):
    client = signed_in(editor)
    assert "w-autosave-interval" in client.get(edit_url(page)).content.decode()
    submit(page, editor, title="After")
    assert "w-autosave-interval" not in client.get(edit_url(page)).content.decode()
    before = current(page).latest_revision_id
    response = client.post(
        edit_url(page),
        form_of(client, page, title="By itself"),
        headers={"accept": "application/json"},
    )
    assert not response.json()["success"]
    assert current(page).latest_revision_id == before


def test_a_text_that_something_relies_on_is_never_overwritten(page, editor, publisher):
    submit(page, editor, title="After")
    named = current(page).latest_revision
    draft = current(page).get_latest_revision_as_object()
    draft.title = "Later"
    made = draft.save_revision(user=editor, overwrite_revision=named)
    assert made.pk != named.pk
    named.refresh_from_db()
    assert named.content["title"] == "After"


def test_a_reviewer_who_changes_the_text_cannot_approve_it(page, editor, publisher):
    submit(page, editor, title="After")
    client = signed_in(publisher)
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    response = client.post(edit_url(page), form_of(client, page, title="Mine") | action)
    assert response.status_code == 302
    assert current(page).title == "Before"
    assert current(page).get_latest_revision_as_object().title == "Mine"
    act(make_user("publisher-2", roles.PUBLISHERS), page)
    assert current(page).title == "Mine"


def test_a_review_in_the_editor_approves_what_is_shown(page, editor, publisher):
    submit(page, editor, title="After")
    client = signed_in(publisher)
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    form = form_of(client, page)
    save(page, editor, title="Changed meanwhile")
    response = client.post(edit_url(page), form | action)
    assert "Two versions" in response.content.decode()
    assert current(page).title == "Before"
    client.post(edit_url(page), form_of(client, page) | action)
    assert current(page).title == "Changed meanwhile"


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ({"title": "A", "live": True}, {"title": "A", "live": False}, True),
        ({"title": "A"}, {"title": "B"}, False),
        ({"who": "<p>A</p>"}, {"who": '<p data-block-key="x1">A</p>'}, True),
        ({"body": '[{"value": "<p>A</p>"}]'}, {"body": '[{"value": "<p>B</p>"}]'}, False),
        (
            {"body": '[{"value": "<p>A</p>"}]'},
            {"body": '[{"value": "<p data-block-key=\\"x1\\">A</p>"}]'},
            True,
        ),
    ],
)
def test_only_words_make_another_text(before, after, same):
    assert is_same_text(before, after) is same
