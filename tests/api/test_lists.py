"""Lists: locales and fallbacks, order, pages of a list, filters, and what is not public."""

from datetime import date

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cms.models.links import path_of
from cms.models.locales import language_of
from home.models import KeyFactsPage
from tests.api.content import make_one_of_each, offered
from tests.make import (
    make_micro_project,
    make_network,
    make_news,
    make_page,
    make_partner,
    make_publication,
    publish,
    release,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(home):
    """Three pieces of news; the second one in German too, and its index."""
    pages = [make_news(title=f"News {n}", published_on=date(2019, n, 1)) for n in (1, 2, 3)]
    pages.append(translate(pages[1], "de", {"News 2": "Neues"}))
    return pages


def titles(answer: dict) -> list[str]:
    return [item["title"] for item in answer["items"]]


def test_a_list_holds_the_pages_of_its_locale_only(news, get):
    assert titles(get("news")) == ["News 3", "News 2", "News 1"]
    assert titles(get("news", locale="de")) == ["Neues"]
    assert get("news", locale="lt") == {"count": 0, "next": None, "previous": None, "items": []}


def test_a_fallback_shows_each_work_once_in_the_first_locale_that_has_it(news, get):
    answer = get("news", locale="lt", fallback="de,en")
    assert titles(answer) == ["News 3", "Neues", "News 1"]
    shown = [(i["requested_locale"], i["served_locale"], i["is_fallback"]) for i in answer["items"]]
    assert shown == [("lt", "en", True), ("lt", "de", True), ("lt", "en", True)]
    german = get("news", locale="de", fallback="en")
    assert [item["is_fallback"] for item in german["items"]] == [True, False, True]


def test_an_unpublished_translation_is_missing_and_its_fallback_is_told(news, get):
    news[3].unpublish()
    item = get("news", locale="de", fallback="en")["items"][1]
    assert (item["served_locale"], item["is_fallback"]) == ("en", True)
    assert [row["state"] for row in item["translations"]] == ["missing", "missing"]
    assert titles(get("news", locale="de")) == []


def test_an_overtaken_translation_says_since_when(news, get):
    publish(news[1], title="News 2, corrected")
    [item] = get("news", locale="de")["items"]
    assert item["state"] == "outdated"
    [source] = [i for i in get("news")["items"] if i["id"] == news[1].pk]
    assert source["state"] == "original"
    assert item["outdated_since"] == source["last_published_at"]
    assert source["translations"][0]["outdated_since"] == item["outdated_since"]


def test_a_list_is_read_to_its_end_by_following_next(home, get):
    expected = {make_news().pk for _ in range(5)}
    found, answer = [], get("news", limit=2, order="title")
    assert answer["previous"] is None
    while answer:
        found += [item["id"] for item in answer["items"]]
        assert answer["count"] == 5
        following = answer["next"]
        answer = Client().get(following).json() if following else None
    assert len(found) == 5
    assert set(found) == expected


def test_previous_leads_back_and_keeps_what_was_asked(home, get):
    for _ in range(3):
        make_news(topic="events")
    answer = get("news", limit=2, offset=2, topic="events")
    back = "http://testserver/api/v1/news?limit=2&offset=0&topic=events"
    assert (answer["next"], answer["previous"]) == (None, back)


def test_lists_are_ordered_as_asked(news, get):
    assert titles(get("news", order="title")) == ["News 1", "News 2", "News 3"]
    assert titles(get("news", order="published_on")) == ["News 1", "News 2", "News 3"]
    assert titles(get("news", order="-first_published_at")) == ["News 3", "News 2", "News 1"]


def test_publications_without_a_year_stand_last_in_both_orders(home, get):
    for year in (2017, None, 2019):
        make_publication(title=str(year), year=year)
    assert titles(get("publications")) == ["2019", "2017", "None"]
    assert titles(get("publications", order="year")) == ["2017", "2019", "None"]


def test_news_are_filtered_by_topic_and_year(home, get):
    make_news(title="A", topic="events", published_on=date(2018, 1, 1))
    make_news(title="B", topic="results", published_on=date(2019, 1, 1))
    assert titles(get("news", topic="events")) == ["A"]
    assert titles(get("news", year=2019)) == ["B"]
    assert titles(get("news", year=2019, topic="events")) == []


def test_partners_are_filtered_by_country_and_role(home, get):
    make_partner(title="A", country="DE", role="lead")
    make_partner(title="B", country="DE")
    make_partner(title="C", country="SE")
    assert titles(get("partners", country="DE")) == ["A", "B"]
    assert titles(get("partners", role="lead")) == ["A"]
    assert titles(get("partners", country="DE", role="partner")) == ["B"]


def test_networks_and_micro_projects_are_filtered_by_their_facts(home, get):
    network = make_network(title="A", country="LV", user_group="migrants")
    make_network(title="B", country="DE", user_group="older-people")
    make_micro_project(network, title="C", stage="idea", accelerated=True)
    make_micro_project(network, title="D", user_group="migrants")
    assert titles(get("networks", country="LV")) == ["A"]
    assert titles(get("networks", user_group="older-people")) == ["B"]
    assert titles(get("micro-projects", stage="idea")) == ["C"]
    assert titles(get("micro-projects", accelerated="false")) == ["D"]
    assert titles(get("micro-projects", user_group="migrants")) == ["D"]


def test_micro_projects_are_found_by_their_network_in_any_locale(home, get):
    here, elsewhere = make_network(), make_network()
    make_micro_project(here, title="A")
    translate(make_micro_project(here, title="B"), "de", {"B": "B"})
    make_micro_project(elsewhere, title="C")
    assert titles(get("micro-projects", network=here.pk)) == ["A", "B"]
    assert titles(get("micro-projects", network=here.pk, locale="de")) == ["B"]
    assert titles(get("micro-projects", network="9" * 19)) == []


def test_publications_are_filtered_by_their_facts_and_the_languages_of_editions(home, get):
    make_publication(editions=offered("en", "ru"), title="A", kind="handbook", year=2018)
    make_publication(editions=offered("de-full"), title="B", audience="staff")
    assert titles(get("publications", language="ru")) == ["A"]
    assert titles(get("publications", language="de")) == ["B"]
    assert titles(get("publications", language="fi")) == []
    assert titles(get("publications", kind="handbook")) == ["A"]
    assert titles(get("publications", audience="staff")) == ["B"]
    assert titles(get("publications", year=2018)) == ["A"]


def test_a_withdrawn_edition_is_no_longer_offered(home, get):
    page = make_publication(editions=offered("en", "ru"))
    page.editions.remove(page.editions.get(language="ru"))
    release(page.save_revision())
    [item] = get("publications")["items"]
    assert [row["language"] for row in item["editions"]] == ["en"]
    assert get("publications", language="ru")["items"] == []


def test_a_translation_offers_the_editions_of_its_work_its_own_language_first(home, get):
    page = make_publication(editions=offered("en", "de-pocket"), slug="flyer")
    translate(page, "de")
    [item] = get("publications", locale="de")["items"]
    urls = [row["url"] for row in item["editions"]]
    assert urls == [
        "http://testserver/downloads/flyer/de-pocket.pdf",
        "http://testserver/downloads/flyer/en.pdf",
    ]
    assert [row["variant"] for row in item["editions"]] == ["pocket", None]


def test_pages_lists_every_type_and_can_be_narrowed_to_one(home, get):
    pages = make_one_of_each()
    answer = get("pages", limit=100)
    assert {item["type"] for item in answer["items"]} == set(pages)
    partner = next(i for i in answer["items"] if i["type"] == "partners.PartnerPage")
    assert partner == get("partners")["items"][0]
    publication = [i for i in answer["items"] if i["type"] == "publications.PublicationPage"]
    assert publication[0]["editions"][0]["version"] == 1
    assert [i["type"] for i in get("pages", type="news.NewsPage")["items"]] == ["news.NewsPage"]


def test_pages_lists_exactly_what_the_sitemap_names(home, get, client):
    pages = make_one_of_each()
    hidden = pages["news.NewsPage"]
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    pages["home.StandardPage"].unpublish()
    public = [*get("pages", limit=100)["items"], *get("pages", locale="de")["items"]]
    listed = {item["url"] for item in public}
    sitemap = client.get("/sitemap.xml").content.decode()
    everything = {
        "http://testserver" + path_of(page.url_path, language_of(page.locale_id))
        for page in Page.objects.filter(depth__gt=1)
    }
    assert listed == {url for url in everything if f"<loc>{url}</loc>" in sitemap}
    assert len(everything - listed) == 2


def test_what_is_not_public_is_neither_listed_nor_told_nor_hinted_at(home, get, client):
    draft = make_news(live=False)
    restricted = make_news()
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    assert get("news")["count"] == 0
    answers = [client.get(f"/api/v1/pages/{pk}") for pk in (draft.pk, restricted.pk, 999_999)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_the_site_tells_its_facts_in_the_language_asked_for(home, get):
    make_partner(country="DE", role="lead")
    make_partner(country="SE")
    page = make_page(home, KeyFactsPage, budget_total="4860664.11")
    answer = get("site", locale="de")
    assert answer["funding_statement"] == (
        "Europäische Union – Europäischer Fonds für regionale Entwicklung"
    )
    assert (answer["acronym"], answer["programme"]) == ("SEMPRE", "Interreg Baltic Sea Region")
    assert (answer["served_locale"], answer["is_fallback"]) == ("en", True)
    assert answer["partners"] == 2
    assert answer["countries"] == [{"code": "DE", "partners": 1}, {"code": "SE", "partners": 1}]
    assert answer["key_facts"]["budget_total"] == "4860664.11"
    assert answer["key_facts_api_url"] == f"http://testserver/api/v1/pages/{page.pk}"


def test_a_site_without_key_facts_still_has_a_name_and_a_funding_statement(home, get):
    answer = get("site")
    assert (answer["acronym"], answer["title"], answer["key_facts"]) == ("SEMPRE", None, None)
    assert answer["funding_statement"] == "European Union – European Regional Development Fund"


def test_locales_are_told_in_their_own_words(home, get):
    assert get("locales")["items"] == [
        {
            "locale": "de",
            "name": "Deutsch",
            "is_source": False,
            "url": "http://testserver/de/",
        },
        {"locale": "en", "name": "English", "is_source": True, "url": "http://testserver/en/"},
        {"locale": "lt", "name": "lietuvių", "is_source": False, "url": None},
    ]
