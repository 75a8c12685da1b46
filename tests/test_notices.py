"""What a visitor is told of a page that is overtaken, unfinished or missing in their language."""

from datetime import UTC, datetime

import pytest
from django.utils import formats, translation
from lxml import html
from wagtail.models import Page, PageViewRestriction

from cms.editorial.along import keeping_translations
from cms.editorial.bin.deleting import throw_away
from cms.translation.models import TranslationBasis
from home.models import StandardPage
from tests.api.content import make_one_of_each
from tests.make import below_home, make_news, make_page, publish, translate
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

LANGUAGES = ["de", "et", "lt", "lv"]
MOMENT = datetime(2019, 3, 11, 23, 30, tzinfo=UTC)
"""A quarter to midnight in London is the next day in Berlin."""


@pytest.fixture
def about(site):
    return make_page(site, StandardPage, title="About", slug="about", introduction="All of it.")


def notices(client, page: Page) -> list:
    document = html.fromstring(client.get(page.path_here).content)
    return document.xpath("//main//aside[contains(@class, 'notice')]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_overtaken_page_says_since_when_and_links_to_the_source(client, about, language):
    page = translate(about, language)
    assert notices(client, page) == []
    publish(about, title="About us")
    TranslationBasis.objects.filter(page_id=page.pk).update(outdated_since=MOMENT)
    (notice,) = notices(client, page)
    with translation.override(language):
        day = formats.date_format(MOMENT.date().replace(day=12), "DATE_FORMAT")
    assert day in notice.text_content()
    (link,) = notice.xpath(".//a")
    assert (link.get("href"), link.get("hreflang")) == ("/en/about/", "en")
    assert link.xpath("string(.//*[@lang='en'])") == "English"
    assert "About us" in client.get(link.get("href")).content.decode()


def test_each_language_says_it_in_other_words(client, about):
    pages = [translate(about, language) for language in LANGUAGES]
    publish(about, title="About us")
    titles = {notices(client, page)[0].xpath("string(b)") for page in pages}
    assert len(titles) == len(LANGUAGES)
    assert "The original has changed since this translation" not in titles


def test_a_page_with_gaps_says_so_and_one_with_both_says_both(client, about):
    page = translate(about, "de", leave=["introduction"])
    (partial,) = notices(client, page)
    assert "notice--partial" in partial.get("class")
    gaps = "steht in der Sprache des Originals"
    assert gaps in partial.text_content()
    publish(about, title="About us")
    (both,) = notices(client, page)
    assert "notice--outdated" in both.get("class")
    assert gaps in both.text_content()
    publish(translate(about, "de", {"About us": "Über uns", "All of it.": "Alles."}))
    assert notices(client, page) == []


def test_every_page_type_says_it_once_and_before_its_body(client, site):
    for label, page in make_one_of_each().items():
        german = translate(page, "de")
        publish(page, introduction="Something else altogether.")
        (notice,) = notices(client, german)
        assert notice.xpath("preceding::h1"), label
        assert not notice.xpath("preceding::*[contains(@class, 'columns')]"), label
        assert queries_of(client, german.path_here) <= 20, label


def test_a_source_that_may_not_be_read_is_not_linked(client, about):
    page = translate(about, "de")
    publish(about, title="About us")
    restriction = PageViewRestriction(page=about, restriction_type="login")
    PageViewRestriction.objects.bulk_create([restriction])  # its translation stays open
    (notice,) = notices(client, page)
    assert not notice.xpath(".//a")
    assert "About us" not in client.get(page.path_here).content.decode()


def told(client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 404
    return html.fromstring(answer.content).xpath("//main//ul//a/@href")


def test_a_missing_page_offers_the_languages_that_exist(client, about):
    translate(about, "de")
    translate(about, "et")
    assert told(client, "/lv/about/") == ["/de/about/", "/et/about/", "/en/about/"]


def test_so_does_an_address_in_a_language_that_the_site_does_not_have(client, about):
    assert told(client, "/pl/about/") == ["/en/about/"]
    assert told(client, "/fr/about/") == []
    assert told(client, "/pl/about/none/") == []


def test_what_lies_below_a_restricted_page_is_not_told(client, about):
    below = make_page(about, StandardPage, slug="below")
    translate(below, "de")
    assert told(client, "/lv/about/below/") == ["/de/about/below/", "/en/about/below/"]
    PageViewRestriction.objects.create(page=about, restriction_type="login")
    assert told(client, "/lv/about/below/") == []
    assert told(client, "/lv/about/") == []


def test_an_open_translation_is_told_under_its_own_path_alone(client, about):
    german = translate(about, "de")
    restriction = PageViewRestriction(page=about, restriction_type="login")
    PageViewRestriction.objects.bulk_create([restriction])
    assert told(client, "/lv/about/") == [german.path_here]


def test_what_lies_in_the_bin_is_not_told(client, about):
    news = make_news(slug="ferry")
    translate(news, "de")
    throw_away(Page.objects.get(pk=news.pk).specific)
    for address in ("/lv/news/ferry/", "/en/news/ferry/", "/lv/ferry/", "/de/_bin/ferry/"):
        assert told(client, address) == [], address


def test_a_page_that_is_gone_offers_its_translation_that_stayed(client, about):
    german = translate(about, "de")
    with keeping_translations():
        about.unpublish()
    assert told(client, "/en/about/") == [german.path_here]


def test_a_draft_in_the_asked_language_is_not_told_and_the_others_are(client, about):
    translate(about, "de").unpublish()
    below_home(StandardPage, "other")
    assert told(client, "/de/about/") == ["/en/about/"]
    assert "de About" not in client.get("/de/about/").content.decode()


def test_the_switcher_of_a_missing_page_leads_to_where_it_is(client, about):
    translate(about, "de")
    translate(about.get_parent(), "lv")
    document = html.fromstring(client.get("/lv/about/").content)
    ways = document.xpath("//nav[contains(@class, 'languages')]//a")
    assert [way.get("href") for way in ways] == ["/de/about/", "/en/about/", "/lv/"]


def test_the_api_agrees_with_the_page(client, about):
    page = translate(about, "de", leave=["introduction"])
    for state in ("partial", "outdated"):
        item = client.get(f"/api/v1/pages/{page.pk}").json()
        (notice,) = notices(client, page)
        assert item["state"] == state
        assert f"notice--{state}" in notice.get("class")
        publish(about, title="About us")
