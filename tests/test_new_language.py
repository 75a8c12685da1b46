"""A new language, from an empty site to its published front page: `add_language pl`."""

from io import StringIO

import polib
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupPagePermission, Locale, Page, WorkflowPage
from wagtail_localize.models import Translation

from cms.choices import FUNDING_STATEMENTS
from cms.delivery.messages import compile_messages, untranslated
from cms.editorial.bin.deleting import throw_away
from cms.editorial.bin.restoring import restore
from cms.translation.models import Assignment
from home.models import HomePage, KeyFactsPage
from tests.make import make_news, make_page, make_partner, translate
from tests.people import approve, current, make_user, signed_in, submit

pytestmark = pytest.mark.django_db


def add(language: str = "pl", **options) -> str:
    out = StringIO()
    call_command("add_language", language, stdout=out, **options)
    return out.getvalue()


def rows() -> dict:
    """All rows that the command may write."""
    models = [Locale, Page, Group, GroupPagePermission, WorkflowPage, Translation]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def home_of(language: str = "pl") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def names(client, address: str) -> list[str]:
    """The languages in the switcher of a page, by their own names."""
    page = BeautifulSoup(client.get(address).content, "lxml")
    return [tag.get_text() for tag in page.select(".languages a > span[lang]")]


def publish_home() -> HomePage:
    """The Polish home page, translated and reviewed by two people with nothing but their groups."""
    translator = make_user("", "Translators: pl")
    reviewer = make_user("", "Language reviewers: pl")
    assert home_of().permissions_for_user(translator).can_edit()
    submit(home_of(), translator, title="Projekt SEMPRE")
    approve(home_of(), reviewer)
    return current(home_of())


def test_it_makes_the_home_page_a_draft_that_its_translators_find(site):
    said = add()
    home = home_of()
    assert "Locale pl made" in said
    assert (home.live, home.slug, home.depth) == (False, "home-pl", 2)
    assert home.translation_key == site.translation_key
    assert home.latest_revision is not None
    found = Translation.objects.get(target_locale__language_code="pl")
    assert (found.source.object_id, found.enabled) == (site.translation_key, True)
    assert Assignment.objects.filter(translation=found).exists()
    editor = signed_in(make_user("", "Translators: pl")).get(
        reverse("wagtailadmin_pages:edit", args=[home.pk])
    )
    assert editor.status_code == 200


def test_translators_and_reviewers_have_their_rights_on_it_and_others_have_not(site):
    add()
    rights = GroupPagePermission.objects.filter(page=home_of())
    told = set(rights.values_list("group__name", "permission__codename"))
    assert ("Translators: pl", "change_page") in told
    assert {"Editors", "Publishers", "Translators: pl"} == {name for name, _ in told}
    german = make_user("", "Translators: de")
    assert not home_of().permissions_for_user(german).can_edit()
    polish = make_user("", "Translators: pl")
    may = home_of().permissions_for_user(polish)
    assert (may.can_edit(), may.can_publish(), may.can_delete()) == (True, False, False)
    assert not site.permissions_for_user(polish).can_edit()
    assert Group.objects.get(name="Language reviewers: pl").permissions.exists()


def test_it_is_reviewed_as_a_translation(site):
    add()
    assert home_of().get_workflow().name == "Translation review"


def test_nothing_public_tells_of_it_before_its_front_page_is_published(site, client):
    add()
    assert names(client, "/en/") == names(client, "/en/search/") == ["English"]
    assert client.get("/pl/").status_code == 404
    assert "/pl/" not in client.get("/sitemap.xml").content.decode()
    assert client.get("/", headers={"Accept-Language": "pl"}).headers["Location"] == "/en/"
    assert "/pl/" not in client.get("/pl/nothing/").content.decode().replace("/pl/search/", "")
    items = client.get("/api/v1/locales").json()["items"]
    assert {"locale": "pl", "name": "polski", "is_source": False, "url": None} in items
    item = client.get(f"/api/v1/pages/{site.pk}").json()
    (polish,) = [row for row in item["translations"] if row["locale"] == "pl"]
    assert (polish["state"], polish["url"]) == ("missing", None)


def test_everything_public_tells_of_it_when_its_front_page_is_published(site, client):
    add()
    make_page(site, KeyFactsPage, slug="key-facts")
    make_partner()
    home = publish_home()
    assert home.live
    assert names(client, "/en/") == names(client, "/pl/") == ["English", "polski"]
    page = BeautifulSoup(client.get("/pl/").content, "lxml")
    assert page.html["lang"] == "pl"
    assert "Projekt SEMPRE" in page.h1.get_text()
    assert FUNDING_STATEMENTS["2014-2020"]["pl"] in page.header.get_text()
    alternates = [tag["hreflang"] for tag in page.select("head link[hreflang]")]
    assert alternates == ["en", "pl"]
    assert "/pl/</loc>" in client.get("/sitemap.xml").content.decode()
    assert client.get("/", headers={"Accept-Language": "pl"}).headers["Location"] == "/pl/"
    items = client.get("/api/v1/locales").json()["items"]
    assert [row["url"] for row in items if row["locale"] == "pl"] == [home.full_url]
    assert client.get("/api/v1/pages", {"locale": "pl"}).json()["count"] == 1
    assert client.get("/pl/search/?q=SEMPRE").status_code == 200


def test_no_link_of_the_new_front_page_leads_nowhere(site, client):
    add()
    make_page(site, KeyFactsPage, slug="key-facts")
    make_news()
    publish_home()
    page = BeautifulSoup(client.get("/pl/").content, "lxml")
    links = {tag["href"] for tag in page.select("a[href^='/'], link[href^='/'][rel=alternate]")}
    assert len(links) > 4
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_dates_and_numbers_are_polish_and_missing_words_english(site, client):
    add()
    page = make_news(published_on="2019-12-02")
    publish_home()
    polish = translate(page, "pl")
    document = BeautifulSoup(client.get(polish.path_here).content, "lxml")
    assert document.main.time.get_text() == "2 grudnia 2019"
    assert "Skip to the content" in document.get_text()
    missing = BeautifulSoup(client.get("/pl/nothing/").content, "lxml")
    assert (missing.html["lang"], missing.h1.get_text()) == ("pl", "This page is not here")


def test_a_second_run_changes_nothing(site):
    add()
    before = rows()
    said = add()
    assert "Nothing was missing." in said
    assert rows() == before


def test_a_dry_run_tells_the_same_and_writes_nothing(site):
    before = rows()
    said = add(dry_run=True)
    assert rows() == before
    assert "Nothing was written." in said
    told = said.replace("Nothing was written.\n", "")
    assert add() == told


def test_a_second_run_mends_what_is_missing(site):
    add()
    home_of().delete()
    Group.objects.get(name="Translators: pl").delete()
    WorkflowPage.objects.filter(page__locale__language_code="pl").delete()
    said = add()
    assert "Group Translators: pl made." in said
    assert "/home-pl/" in said
    assert home_of().get_workflow().name == "Translation review"
    assert GroupPagePermission.objects.filter(group__name="Translators: pl").exists()


def test_a_home_page_in_the_bin_is_not_made_twice(site):
    add()
    entry = throw_away(home_of())
    assert "is in the bin" in add()
    restore(entry)
    assert "Nothing was missing." in add()
    assert home_of().slug == "home-pl"


def test_setting_up_the_site_again_mends_groups_and_workflow(site):
    add()
    Group.objects.filter(name__endswith=": pl").delete()
    WorkflowPage.objects.filter(page=home_of()).delete()
    out = StringIO()
    call_command("setup_site", stdout=out)
    assert Group.objects.filter(name__endswith=": pl").count() == 2
    assert home_of().get_workflow().name == "Translation review"
    assert "pl: " in out.getvalue()


@pytest.mark.parametrize("language", ["xx", "fr", "PL", "", "pl-PL", "no", "../pl"])
def test_an_unknown_language_is_refused_and_the_known_ones_are_named(site, language):
    before = rows()
    with pytest.raises(CommandError, match=r"pl \(polski\)"):
        add(language)
    assert rows() == before


def test_without_a_site_it_says_what_to_do_first(db):
    with pytest.raises(CommandError, match="setup_site"):
        add()


def test_a_language_that_is_there_from_the_beginning_gets_its_home_page(site):
    assert "/home-de/" in add("de")
    assert not home_of("de").live
    assert add("en") == "Nothing was missing.\n"


def test_it_reports_the_missing_texts_of_the_interface_and_the_file_to_make(site):
    missing, every = untranslated("pl")
    assert missing == every > 100
    said = add()
    assert f"{missing} of {every} messages" in said
    assert "locale/pl/LC_MESSAGES/django.po" in said
    assert untranslated("en")[0] == untranslated("de")[0] == untranslated("lt")[0] == 0


def test_a_catalogue_is_made_filled_and_used(site, client, settings, tmp_path):
    made = tmp_path / "pl" / "LC_MESSAGES" / "django.po"
    settings.LOCALE_PATHS = [tmp_path]
    call_command("check_messages", "pl", update=True, stdout=StringIO(), stderr=StringIO())
    catalogue = polib.pofile(str(made))
    assert len(catalogue) > 100
    with pytest.raises(CommandError, match="not translated"):
        call_command("check_messages", "pl", stdout=StringIO(), stderr=StringIO())
    catalogue.find("Skip to the content").msgstr = "Przejdź do treści"
    catalogue.save()
    missing, every = untranslated("pl")
    assert missing == every - 1
    compile_messages()
    assert made.with_suffix(".mo").exists()
    add()
    publish_home()
    translation.trans_real._translations.pop("pl", None)
    assert "Przejdź do treści" in client.get("/pl/").content.decode()


def test_an_unknown_catalogue_is_refused():
    with pytest.raises(CommandError, match="known are"):
        call_command("check_messages", "xx")


def test_every_language_that_the_site_can_speak_has_its_funding_statements(settings):
    for period, statements in FUNDING_STATEMENTS.items():
        assert statements.keys() == dict(settings.LANGUAGES).keys(), period


def test_the_screen_of_locales_does_the_same(site, admin_client):
    form = admin_client.get(reverse("wagtaillocales:add")).content.decode()
    assert "polski" in form or "Polish" in form
    answer = admin_client.post(reverse("wagtaillocales:add"), {"language_code": "pl"}, follow=True)
    told = BeautifulSoup(answer.content, "lxml").select_one(".messages").get_text(" ")
    assert "Translators: pl" in told
    assert str(untranslated("pl")[0]) in told
    by_screen = rows()
    assert (home_of().live, home_of().slug) == (False, "home-pl")
    assert add().startswith("Nothing was missing.")
    assert rows() == by_screen


def test_no_locale_copies_another_one(site, admin_client):
    address = reverse("wagtaillocales:add")
    assert "sync_from" not in admin_client.get(address).content.decode()
    locale = Locale.objects.get(language_code="de")
    edit = reverse("wagtaillocales:edit", args=[locale.pk])
    assert "sync_from" not in admin_client.get(edit).content.decode()
    sync = "component-wagtail_localize_localesynchronization"
    data = {"language_code": "pl", f"{sync}-enabled": "on", f"{sync}-sync_from": locale.pk}
    admin_client.post(address, data)
    assert not Page.objects.exclude(alias_of=None).exists()


def test_nobody_but_an_administrator_adds_a_language_there(site):
    for client in (Client(), signed_in(make_user("", "Publishers", "Editors"))):
        client.post(reverse("wagtaillocales:add"), {"language_code": "pl"})
    assert not Locale.objects.filter(language_code="pl").exists()
