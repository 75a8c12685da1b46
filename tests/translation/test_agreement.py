"""Staff, visitors and API clients are told the same of every translation."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.people import make_user, signed_in
from tests.translation.states import make_every_state, make_text

pytestmark = pytest.mark.django_db

LANGUAGES = {"de", "en", "et", "lt", "lv"}
NOTICES = {"outdated": "notice", "partial": "notice"}


@pytest.fixture
def pages(site):
    found = make_every_state(site)
    closed = make_text(site, "Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    return found


def on_the_matrix() -> dict[tuple, tuple]:
    """{(translation key, "de"): (its public state, its page or None, since when)}"""
    client = signed_in(make_user("anna", "Editors"))
    rows = client.get("/admin/translation/matrix/").context_data["rows"]
    return {
        (line.work.head.key, shown.cell.language): shown.cell
        for line, _kind, shown_cells in rows
        for shown in shown_cells
    }


def in_the_api() -> dict[tuple, dict]:
    """{(translation key, "de"): what is told of the page there}"""
    keys = dict(Page.objects.values_list("pk", "translation_key"))
    items = [
        item
        for language in LANGUAGES
        for item in Client().get(f"/api/v1/pages?locale={language}&limit=100").json()["items"]
    ]
    return {(keys[item["id"]], item["locale"]): item for item in items}


def public_state(cell) -> str:
    return {"orphaned": "original"}.get(cell.state, str(cell.state))


def test_the_api_and_the_matrix_agree_on_every_cell(pages):
    told, known = in_the_api(), on_the_matrix()
    states = {public_state(cell) for cell in known.values()}
    assert states == {"original", "missing", "live", "partial", "outdated"}
    for place, cell in known.items():
        if cell.is_restricted or cell.state == "missing":
            assert place not in told
        else:
            assert told[place]["state"] == public_state(cell)
            assert bool(told[place]["outdated_since"]) == bool(cell.since)
    assert set(told) <= set(known)


def test_each_page_of_the_api_tells_of_its_translations_what_the_matrix_tells(pages):
    known = on_the_matrix()
    told = [
        (public_state(known[key, other["locale"]]), other["state"])
        for (key, _language), item in in_the_api().items()
        for other in item["translations"]
    ]
    assert told
    assert [pair for pair in told if pair[0] != pair[1]] == []


def test_a_page_says_of_itself_what_the_matrix_says(pages):
    seen = set()
    for cell in on_the_matrix().values():
        if cell.page is None or cell.is_restricted or cell.page.url_path.count("/") < 3:
            continue
        path = "/" + cell.language + "/" + cell.page.url_path.split("/", 2)[2]
        answer = Client().get(path)
        assert (answer.status_code == 200) == (cell.state != "missing"), path
        if answer.status_code == 200:
            notice = BeautifulSoup(answer.content, "lxml").select_one(".notice")
            assert (notice is not None) == (cell.state in {"outdated", "partial"}), path
            seen.add(str(cell.state))
    assert seen == {"original", "live", "partial", "outdated", "orphaned"}
