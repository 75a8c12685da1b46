"""docs/roles.md is true: each of its cells is tried."""

from pathlib import Path

import pytest

from tests.matrix import asks_of_others, asks_of_pages, asks_of_translations, places
from tests.matrix.addresses import url
from tests.matrix.answers import DONE, OK, REFUSAL
from tests.matrix.asks import GET
from tests.matrix.asks_of_pages import ADD, PAGE
from tests.matrix.asks_of_translations import TRANSLATE
from tests.matrix.scene import ROLES
from tests.matrix.test_matrix import Row

pytestmark = pytest.mark.django_db

PAGE_OF_ROLES = Path(__file__).parents[2] / "docs" / "roles.md"
COLUMNS = [role for role in ROLES if role != "anonymous"]
ASKS = asks_of_pages.ASKS | asks_of_translations.ASKS | asks_of_others.ASKS
OWN = {
    "partner": {"own live", "own draft", "own review", "own network", "own"},
    "translator": {"de live", "de draft", "de review"},
    "reviewer": {"de review"},
}
"""What stands behind the word `own` for each role."""

WORKFLOW = "pages/workflow/action/<int:page_id>/"
ACTIONS: dict[str, list[tuple[str, str, list[str]]]] = {
    "Read what is not published": [
        (PAGE + "view_draft/", "GET", ["draft", "own draft", "de draft", "de review", "lv draft"])
    ],
    "Write a page, save drafts": [(PAGE + "edit/", "POST draft", ["draft", "own draft"])],
    "Make a new page": [(ADD, "POST draft", ["index", "own network", "foreign network"])],
    "Send a page to review": [(PAGE + "edit/", "POST submit", ["draft", "own draft"])],
    "Begin the translation of a page": [
        ("localize/submit/page/<int:page_id>/", "POST", ["live", "own live"])
    ],
    "Translate a text": [
        (TRANSLATE + "strings/<int:string_segment_id>/edit/", "PUT", ["de live", "lv draft"])
    ],
    "Stop or restart a translation": [
        (TRANSLATE + "disable/", "POST", ["de live", "lv live"]),
        (PAGE + "edit/", "POST restart translation", ["stopped"]),
    ],
    "Approve or send back a page": [
        (WORKFLOW + "approve/<int:task_state_id>/", "POST", ["review"]),
        (WORKFLOW + "reject/<int:task_state_id>/", "POST", ["review"]),
    ],
    "Confirm a partner's text": [
        (WORKFLOW + "approve/<int:task_state_id>/", "POST", ["own review"])
    ],
    "Approve or send back a translation": [
        (WORKFLOW + "approve/<int:task_state_id>/", "POST", ["de review"]),
        (WORKFLOW + "reject/<int:task_state_id>/", "POST", ["de review"]),
    ],
    "Publish without review": [
        (PAGE + "edit/", "POST publish", ["draft", "own draft"]),
        (PAGE + "edit/", "POST publish translation", ["de draft", "lv draft"]),
    ],
    "Publish in an emergency, with a reason": [
        (PAGE + "emergency/", "POST", ["draft", "own draft", "de draft"])
    ],
    "Unpublish": [(PAGE + "unpublish/", "POST", ["live", "own live", "de live"])],
    "Cancel a planned publication": [
        (PAGE + "revisions/<int:revision_id>/unschedule/", "POST", ["scheduled"])
    ],
    "Delete a draft that was never public": [
        (PAGE + "delete/", "POST", ["draft", "own draft", "de draft"])
    ],
    "Delete a public page": [(PAGE + "delete/", "POST", ["live", "own live", "de live"])],
    "Change the order of pages": [
        ("pages/<int:page_to_move_id>/set_position/", "POST to the end", ["live", "own live"])
    ],
    "Restrict who may read a page": [(PAGE + "privacy/", "POST", ["live", "own live"])],
    "Lock a page": [(PAGE + "lock/", "POST", ["live", "own live", "de live"])],
    "Unlock a page that somebody else has locked": [(PAGE + "unlock/", "POST", ["locked"])],
    "Change an image or document": [
        ("images/<int:image_id>/", "POST", ["foreign", "own"]),
        ("documents/edit/<int:document_id>/", "POST", ["foreign", "own"]),
    ],
    "Make and change redirects": [
        ("redirects/add/", "POST", [""]),
        ("redirects/<int:redirect_id>/", "POST", [""]),
    ],
    "Accounts, groups, locales, workflows, collections": [
        ("users/edit/<int:pk>/", "POST", [""]),
        ("groups/edit/<int:pk>/", "POST", [""]),
        ("locales/new/", "POST", [""]),
        ("workflows/edit/<int:pk>/", "POST", [""]),
        ("collections/add/", "POST", [""]),
    ],
}
"""The requests with which each action of the page is tried, and on what."""


def rows_of_the_page() -> dict[str, list[str]]:
    lines = [line for line in PAGE_OF_ROLES.read_text().splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {cells[0]: cells[1:] for cells in rows if cells[0]}


def allowed(word: str, role: str, kind: str) -> bool:
    return word == "yes" or (word == "own" and kind in OWN[role])


def test_the_page_names_exactly_the_actions_that_are_tried():
    assert sorted(rows_of_the_page()) == sorted(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
def test_everybody_may_do_what_the_page_of_roles_says(scene, asker, action):
    words = dict(zip(COLUMNS, rows_of_the_page()[action], strict=True))
    found, expected = {}, {}
    for address, name, kinds in ACTIONS[action]:
        ask = next(ask for ask in [GET, *ASKS.get(address, [])] if ask.name == name)
        for kind in kinds:
            row = Row(scene, asker, address, ask, kind)
            assert [answer.fault for answer in row.answers.values() if answer.fault] == []
            succeeded = OK if ask.reads else DONE
            for role in COLUMNS:
                place = (role, kind, url(address, places.values(scene, address, kind)))
                may = allowed(words[role], role, kind)
                expected[place] = succeeded if may else REFUSAL
                found[place] = row.answers[role].word
    assert found == expected
