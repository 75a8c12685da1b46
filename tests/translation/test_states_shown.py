"""The states of the matrix stand in the lists of pages and beside the editor too."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.make import publish, translate
from tests.people import make_user, signed_in
from tests.queries import queries_of
from tests.translating import translator
from tests.translation.states import make_every_state, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(site):
    return signed_in(make_user("anna", "Editors"))


def soup_of(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def listed(client, page) -> dict[str, list[str]]:
    """{title of a page below: ["Deutsch: Up to date", ...]} as the list of pages shows it."""
    soup = soup_of(client, reverse("wagtailadmin_explore", args=[page.pk]))
    rows = soup.select("table.listing tbody tr")
    return {
        row.select_one("[id$=_title]").get_text().strip(): [
            chip.get_text() for chip in row.select(".cms-states .w-sr-only")
        ]
        for row in rows
    }


def test_the_list_of_pages_shows_the_states_of_each(site, editor):
    make_every_state(site)
    found = listed(editor, site)
    missing = ["eesti: Missing", "latviešu: Missing", "lietuvių: Missing"]
    assert found["Live"] == ["Deutsch: Up to date", *missing]
    assert found["Partial"] == ["Deutsch: Partial", *missing]
    assert found["Outdated for long"] == ["Deutsch: Overtaken", *missing]
    assert found["Orphaned"] == ["Deutsch: Without source", *missing]
    german = listed(editor, site.get_translations().get(locale__language_code="de"))
    assert german["de Live"] == ["Deutsch: Up to date"]
    assert "eesti: Missing" in german["Original"]


def test_reading_the_states_of_a_list_takes_the_same_queries_for_any_number_of_pages(site):
    client = signed_in(make_user("root", is_superuser=True))
    address = reverse("wagtailadmin_explore", args=[site.pk])
    make_text(site, "First")
    few = queries_of(client, address)
    for number in range(12):
        make_text(site, f"Page{number}")
    per_page = (queries_of(client, address) - few) / 12
    assert per_page == 0


def test_pages_of_one_type_are_listed_with_their_states_too(site, editor):
    make_every_state(site)
    address = reverse("wagtailadmin_pages:type_use", args=["home", "standardpage"])
    assert len(soup_of(editor, address).select(".cms-state--outdated")) > 0


def test_a_list_offers_to_send_what_somebody_has_written(site, editor):
    page = make_text(site, "About")
    german = translate(page, "de")
    address = reverse("wagtailadmin_explore", args=[site.pk])
    answer = editor.get(address).content.decode()
    assert f"/admin/translation/send/?page={page.pk}&amp;" in answer
    assert "/localize/" not in answer
    above = reverse("wagtailadmin_explore", args=[german.get_parent().pk])
    assert f"/admin/translation/send/?page={german.pk}" not in editor.get(above).content.decode()


def panel(client, page) -> dict[str, str]:
    """{"Deutsch": "Overtaken, Deutsch ..."} in the panel beside the editor."""
    soup = soup_of(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    names = soup.select(".cms-panel > dt")
    return {
        name.get_text(): " ".join(name.find_next_sibling("dd").get_text(" ").split())
        for name in names
    }


def test_beside_the_editor_stand_the_states_of_all_languages(site, editor):
    page = make_text(site, "About")
    translate(page, "de")
    publish(page, title="About us")
    found = panel(editor, page)
    assert list(found) == ["Deutsch", "eesti", "English", "latviešu", "lietuvių"]
    assert "Overtaken" in found["Deutsch"]
    assert "2 words" in found["Deutsch"]
    assert "8" not in found["English"]
    assert found["eesti"].startswith("Missing")
    assert "9 words" in found["eesti"]


def test_a_translator_sees_how_the_page_stands_that_they_translate(site):
    german = translate(make_text(site, "About"), "de")
    found = panel(signed_in(translator("de")), german)
    assert found["Deutsch"].startswith("Up to date")
    assert found["English"].startswith("Original")
