"""The matrix tells how every work stands in every locale, and what is left to translate."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.translation import drafts
from cms.translation.models import Assignment, TranslationBasis
from tests.make import make_news, release
from tests.people import approve, make_user, send_back, signed_in
from tests.tables import as_csv, as_xlsx
from tests.translating import fill_in, language_reviewer, send, target, translator
from tests.translation.states import make_every_state, make_text

pytestmark = pytest.mark.django_db

MATRIX = "/admin/translation/matrix/"


@pytest.fixture
def pages(site):
    return make_every_state(site)


@pytest.fixture
def editor(site):
    return signed_in(make_user("anna", "Editors"))


def cells(client, query: str = "") -> dict[tuple[str, str], dict]:
    """{("Live", "de"): the row of the export}"""
    rows = as_csv(client, f"{MATRIX}?{query}")
    return {(row["Page"], row["Language"]): row for row in rows}


def facts(client, *names: str, query: str = "") -> dict[tuple[str, str], tuple]:
    return {key: tuple(row[n] for n in names) for key, row in cells(client, query).items()}


def context(client, query: str = "") -> dict:
    response = client.get(f"{MATRIX}?{query}")
    assert response.status_code == 200
    return response.context_data


def titles(client, query: str = "") -> set[str]:
    return {line.title for line, _kind, _cells in context(client, query)["rows"]}


def test_every_cell_tells_its_state_and_the_words_to_translate(pages, editor):
    found = facts(editor, "State", "Words to translate", "Texts to translate")
    assert {title: found[title, "de"] for title, _language in found if title != "SEMPRE"} == {
        "Missing": ("Missing", "8", "3"),
        "Live": ("Up to date", "0", "0"),
        "Partial": ("Partial", "7", "2"),
        "Outdated for long": ("Overtaken", "3", "1"),
        "Orphaned": ("Without source", "0", "0"),
        "Original": ("Original", "0", "0"),
    }
    assert found["Missing", "en"] == ("Original", "0", "0")
    assert found["Outdated for long", "et"] == ("Missing", "10", "3")
    assert found["Orphaned", "en"] == ("Not published", "0", "0")
    assert found["Orphaned", "et"] == ("Missing", "0", "0")
    assert found["Original", "en"] == ("Missing", "8", "3")


def test_totals_are_those_of_all_works_of_each_locale_and_of_all(pages, editor):
    found = context(editor, "locale=de&locale=et&text=t")
    of_locale = {code: (total.words, dict(total.works)) for code, _name, total in found["columns"]}
    assert titles(editor, "text=t") == {"Partial", "Outdated for long"}
    assert of_locale == {
        "de": (7 + 3, {"partial": 1, "outdated": 1}),
        "et": (8 + 10, {"missing": 2}),
    }
    assert found["total"].words == 28
    assert found["total"].by_state == [("missing", 2, 18), ("partial", 1, 7), ("outdated", 1, 3)]
    text = " ".join(editor.get(f"{MATRIX}?locale=de&text=t").content.decode().split())
    assert "All 2 works" in text
    assert "10 words to translate" in text


def test_totals_count_works_on_other_screens_too(site, editor):
    for number in range(101):
        make_text(site, f"Work{number}")
    found = context(editor, "text=work&locale=lv")
    assert (len(found["rows"]), found["total"].words) == (100, 101 * 8)
    assert len(context(editor, "text=work&p=2")["rows"]) == 1


def test_beside_the_public_state_stands_the_work_that_is_going_on(site, editor):
    writer, reviewer = translator(), language_reviewer()
    names = ["Begun", "Reviewed", "Back", "Done", "Late"]
    sent = {name: send(make_text(site, name), "de") for name in names}
    fill_in(sent["Begun"], writer, leave=("body",))
    for name in ("Reviewed", "Back", "Done"):
        fill_in(sent[name], writer)
        drafts.submit(sent[name], writer)
    send_back(target(sent["Back"]), reviewer)
    approve(target(sent["Done"]), reviewer)
    yesterday = timezone.localdate() - timedelta(days=1)
    Assignment.objects.filter(translation=sent["Late"]).update(due_on=yesterday)
    found = facts(editor, "State", "Work", "Words left in the draft", "Overdue")
    assert {name: found[name, "de"] for name in names} == {
        "Begun": ("Missing", "Draft", "7", "False"),
        "Reviewed": ("Missing", "In review", "0", "False"),
        "Back": ("Missing", "Sent back", "0", "False"),
        "Done": ("Up to date", "No work going on", "0", "False"),
        "Late": ("Missing", "Draft", "8", "True"),
    }
    row = cells(editor)["Done", "de"]
    people = (row["Translated by"], row["Reviewed by"])
    assert people == (writer.get_full_name(), reviewer.get_full_name())
    assert row["Reviewed"][:10] == timezone.now().date().isoformat()
    assert titles(editor, "work=draft&work=overdue") & set(names) == {"Begun", "Late"}
    assert titles(editor, "work=overdue") == {"Late"}
    assert titles(editor, "work=in_review") == {"Reviewed"}


def test_an_approved_translation_waits_for_its_source(site, editor):
    writer, reviewer = translator(), language_reviewer()
    page = make_text(site, "Soon", live=False)
    sent = send(page, "de", page.get_latest_revision())
    assert cells(editor)["Soon", "de"]["Words to translate"] == "8"
    fill_in(sent, writer)
    drafts.submit(sent, writer)
    approve(target(sent), reviewer)
    found = facts(editor, "State", "Work", "Words to translate")
    assert found["Soon", "de"] == ("Missing", "Approved, waits for its source", "0")
    assert found["Soon", "en"] == ("Not published", "Draft", "0")
    assert found["Soon", "et"] == ("Missing", "No work going on", "0")
    release(page.get_latest_revision())
    assert facts(editor, "State", "Work")["Soon", "de"] == ("Up to date", "No work going on")


def test_the_matrix_can_be_narrowed(pages, editor):
    news = make_news(title="Opening")
    assert titles(editor, f"kind={news.content_type_id}") == {"Opening"}
    assert titles(editor, "state=outdated&state=partial") == {"Outdated for long", "Partial"}
    assert titles(editor, "state=orphaned") == {"Orphaned"}
    assert titles(editor, "state=live&locale=de") == {"Live", "SEMPRE"}
    assert titles(editor, "state=outdated&locale=et") == set()
    assert [code for code, *_ in context(editor, "locale=lt&locale=et")["columns"]] == ["et", "lt"]
    assert titles(editor, "text=nothing") == set()
    assert "No work matches." in editor.get(f"{MATRIX}?text=nothing").content.decode()


def test_what_is_overtaken_for_long_can_be_asked_for(pages, editor):
    german = Page.objects.get(locale__language_code="de", slug="outdated")
    for days, ages in {20: [], 40: ["30"], 200: ["30", "183"], 400: ["30", "183", "365"]}.items():
        since = timezone.now() - timedelta(days=days)
        TranslationBasis.objects.filter(page=german).update(outdated_since=since)
        found = [age for age in ("30", "183", "365") if titles(editor, f"age={age}")]
        assert found == ages
    assert "for 1\xa0year" in editor.get(MATRIX).content.decode()


def test_an_export_holds_numbers_and_no_formulas(pages, editor):
    make_text(pages["live"].get_parent(), "=1+1", slug="sum")
    assert ("'=1+1", "et") in cells(editor)
    rows = as_xlsx(editor, MATRIX)
    found = {(row["Page"].value, row["Language"].value): row for row in rows}
    row = found["Outdated for long", "de"]
    assert (row["Words to translate"].value, row["Overtaken since"].is_date) == (3, True)


def test_bad_parameters_do_no_harm(pages, editor):
    for query in ("state=nothing", "age=-1", "locale=xx", "kind=x", "p=999"):
        assert editor.get(f"{MATRIX}?{query}").status_code == 200
