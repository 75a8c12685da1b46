"""Everybody sees in the matrix what they may know of, and each cell leads them to their work."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests.make import publish, translate
from tests.many import make_many
from tests.people import current, make_user, save, signed_in
from tests.queries import queries_of
from tests.tables import as_csv
from tests.translating import fill_in, language_reviewer, send, target, translator
from tests.translation.states import make_text

pytestmark = pytest.mark.django_db

MATRIX = "/admin/translation/matrix/"
RESULTS = "/admin/translation/matrix/results/"
OLD = "/admin/localize/reports/translations/"
ROLES = ["Editors", "Publishers", "Translators: de", "Language reviewers: de"]
MOST = 20


def titles(client, query: str = "") -> set[str]:
    return {row["Page"] for row in as_csv(client, f"{MATRIX}?{query}")}


def links(client) -> dict[tuple[str, str], str]:
    """{("About", "de"): where the cell leads}"""
    rows = client.get(MATRIX).context_data["rows"]
    return {
        (line.title, shown.cell.language): shown.address
        for line, _kind, shown_cells in rows
        for shown in shown_cells
    }


def edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("role", ROLES)
def test_those_who_work_on_translations_find_the_matrix_in_their_menu(site, role):
    client = signed_in(make_user("", role))
    assert MATRIX in client.get(MATRIX).content.decode()
    assert OLD not in client.get("/admin/").content.decode()


def test_others_do_not_see_it(site):
    client = signed_in(make_user("", "Partner editors: nordregio"))
    assert client.get(MATRIX).status_code == 302
    assert MATRIX not in client.get("/admin/").content.decode()
    assert signed_in(make_user("", "Editors")).get(OLD).url == MATRIX


def test_the_title_of_a_draft_is_told_to_those_who_may_read_it(site):
    make_text(site, "Secret", live=False)
    public = make_text(site, "About")
    save(public, None, title="Plan")
    people = {role: signed_in(make_user("", role)) for role in ROLES}
    writers, others = ROLES[:2], ROLES[2:]
    for role in writers:
        assert {"Secret", "Plan"} <= titles(people[role])
    for role in others:
        assert {"About"} == titles(people[role]) - {"SEMPRE"}
        assert titles(people[role], "text=plan") == titles(people[role], "text=secret") == set()
        assert "Secret" not in people[role].get(MATRIX).content.decode()


def test_a_translator_knows_the_drafts_that_were_sent_to_them(site):
    page = make_text(site, "Secret", live=False)
    send(page, "de", page.get_latest_revision())
    assert "Secret" in titles(signed_in(translator("de")))
    assert "Secret" not in titles(signed_in(translator("et")))
    assert "Secret" not in titles(signed_in(language_reviewer("de")))


def test_a_reviewer_knows_what_is_in_review_in_their_language(site):
    writer = translator()
    page = make_text(site, "Secret", live=False)
    sent = send(page, "de", page.get_latest_revision())
    fill_in(sent, writer)
    draft = target(sent)
    draft.get_workflow().start(draft, writer)
    assert "de Secret" in titles(signed_in(language_reviewer("de")))
    assert titles(signed_in(language_reviewer("et"))) == {"SEMPRE"}


def test_a_cell_leads_to_the_work_and_a_missing_one_to_the_sending(site):
    page = make_text(site, "About")
    german = translate(page, "de")
    found = links(signed_in(make_user("", "Editors")))
    assert found["About", "en"] == edit(page)
    assert found["About", "de"] == edit(german)
    assert found["About", "et"] == f"/admin/translation/send/?page={page.pk}&locales=et"
    found = links(signed_in(translator("de")))
    assert found["About", "en"] == "/en/about/"
    assert found["About", "de"] == edit(german)
    assert found["About", "et"] == ""
    assert links(signed_in(language_reviewer("de")))["About", "de"] == "/de/about/"


def test_selected_works_and_locales_go_to_the_screen_that_sends_them(site):
    page, other = make_text(site, "About"), make_text(site, "Contact")
    client = signed_in(make_user("", "Editors"))
    soup = BeautifulSoup(client.get(MATRIX).content, "lxml")
    form = soup.select_one("form.cms-matrix-form")
    assert {box["value"] for box in form.select("[name=page]")} >= {str(page.pk), str(other.pk)}
    assert {box["value"] for box in form.select("[name=locales]")} == {"de", "en", "et", "lt", "lv"}
    query = f"?page={page.pk}&page={other.pk}&locales=de&locales=et"
    told = client.get(form["action"] + query)
    assert told.status_code == 200
    assert "Contact" in told.content.decode()
    for_translators = signed_in(translator()).get(MATRIX).content.decode()
    assert "cms-matrix-send" not in for_translators
    assert 'name="page"' not in for_translators


def test_words_say_the_state_and_a_screen_reader_hears_of_what(site):
    publish(current(translate_about(site)), title="About us")
    soup = BeautifulSoup(signed_in(make_user("", "Editors")).get(MATRIX).content, "lxml")
    chip = soup.select_one(".cms-state--outdated")
    assert chip.get_text() == "Overtaken, About us"
    assert chip.select_one("svg use")["href"] == "#icon-history"
    assert soup.select_one(".cms-matrix thead th span[lang=de]").get_text() == "Deutsch"


def translate_about(site) -> Page:
    page = make_text(site, "About")
    translate(page, "de")
    return page


def test_what_only_some_may_read_is_told(site):
    page = translate_about(site)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    answer = signed_in(make_user("", "Editors")).get(f"{MATRIX}?text=about").content.decode()
    assert answer.count("Only some visitors may read it.") == 2


def test_what_is_in_the_bin_is_not_listed(site):
    page = translate_about(site)
    client = signed_in(make_user("", "Publishers"))
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert current(page).url_path.startswith("/_bin/")
    assert "About" not in titles(client)


@pytest.mark.parametrize("role", [*ROLES, "Administrators"])
def test_it_takes_the_same_few_queries_for_any_number_of_works(site, role):
    user = make_user("", role, is_superuser=role == "Administrators")
    client = signed_in(user)
    make_many(2, ["en", "de", "et", "lv"])
    few = queries_of(client, MATRIX), queries_of(client, RESULTS)
    make_many(40, ["en", "de", "et", "lv"], first=10)
    assert (queries_of(client, MATRIX), queries_of(client, RESULTS)) == few
    assert few[0] <= MOST
