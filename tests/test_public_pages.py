"""What every public address does, on a small site: languages, errors, headers, bare pages."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import html
from wagtail.models import Page, PageViewRestriction

from cms.delivery.serve import server_error
from home.models import ContactPage, HomePage, KeyFactsPage, StandardPage
from news.models import NewsIndexPage, NewsPage
from partners.models import (
    LocalNetworkPage,
    MicroProjectIndexPage,
    MicroProjectPage,
    NetworkIndexPage,
    PartnerIndexPage,
    PartnerPage,
)
from publications.models import PublicationIndexPage, PublicationPage, RecommendationsPage
from tests.make import make_page, make_partner, translate

ABOVE = {
    NewsPage: NewsIndexPage,
    PartnerPage: PartnerIndexPage,
    LocalNetworkPage: NetworkIndexPage,
    MicroProjectPage: LocalNetworkPage,
    PublicationPage: PublicationIndexPage,
    RecommendationsPage: PublicationIndexPage,
}
TYPES = [
    StandardPage,
    ContactPage,
    KeyFactsPage,
    NewsIndexPage,
    PartnerIndexPage,
    NetworkIndexPage,
    MicroProjectIndexPage,
    PublicationIndexPage,
    *ABOVE,
]


@pytest.fixture
def about(site):
    page = make_page(
        site, StandardPage, title="About", slug="about", introduction="A wheelbarrow for all."
    )
    translate(page, "de", {"About": "Über uns"})
    return page


def bare(site: HomePage, model):
    """A page with nothing but what it cannot be without, below others of the kind."""
    above = bare(site, ABOVE[model]) if model in ABOVE else site
    needed = {}
    if model is LocalNetworkPage:
        needed["partner"] = make_partner()
    return make_page(above, model, **needed)


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("lv-LV", "lv"),
        ("lv-LV,lv;q=0.9,en;q=0.8", "lv"),
        ("fr", "en"),
        ("fr, et;q=0.5", "et"),
        ("fr;q=0.9, lt;q=0.2, de;q=0.3", "de"),
        ("DE-at", "de"),
        ("pl, fi, sv", "en"),
        ("*", "en"),
        ("", "en"),
        (";;;q=", "en"),
    ],
)
def test_the_front_door_leads_to_the_visitors_language(client, site, asked, language):
    for code in ["de", "et", "lt", "lv"]:
        translate(site, code)
    answer = client.get("/", headers={"Accept-Language": asked})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{language}/"
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_front_door_leads_to_no_locale_without_a_front_page(client, site):
    translate(site, "lv").unpublish()
    translate(site, "et")
    asked = client.get("/", headers={"Accept-Language": "de, lv;q=0.9, et;q=0.8"})
    assert asked.headers["Location"] == "/et/"
    asked = client.get("/", headers={"Accept-Language": "de, lv;q=0.9"})
    assert asked.headers["Location"] == "/en/"


def test_the_front_door_leads_to_english_without_a_wish(client, site):
    assert client.get("/").headers["Location"] == "/en/"


@pytest.mark.parametrize("wish", ["de", "en", "lv"])
def test_a_page_keeps_the_language_of_its_address(client, about, wish):
    answer = client.get("/de/about/", headers={"Accept-Language": wish})
    assert html.fromstring(answer.content).get("lang") == "de"
    assert answer.headers["Content-Language"] == "de"
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_an_untranslated_page_is_404_and_names_the_locales_in_which_it_is(client, about):
    answer = client.get("/lv/about/", headers={"Accept-Language": "de"})
    document = html.fromstring(answer.content)
    assert answer.status_code == 404
    assert document.get("lang") == "lv"
    links = document.xpath("//main//ul//a")
    told = [(link.get("href"), link.get("hreflang"), link.text_content()) for link in links]
    assert told == [("/de/about/", "de", "Über uns"), ("/en/about/", "en", "About")]


def test_404_does_not_name_what_is_not_public(client, about):
    Page.objects.get(url_path="/home-de/about/").specific.unpublish()
    links = html.fromstring(client.get("/lv/about/").content).xpath("//main//ul//a/@href")
    assert links == ["/en/about/"]
    PageViewRestriction.objects.create(page=about, restriction_type="login")
    document = html.fromstring(client.get("/lv/about/").content)
    assert not document.xpath("//main//ul//a")
    assert "About" not in document.xpath("string(//main)")


@pytest.mark.parametrize("path", ["/en/none/", "/en/about/none/", "/de/none/", "/nothing-at-all"])
def test_what_never_was_is_404_without_links_to_other_locales(client, about, path):
    answer = client.get(path)
    document = html.fromstring(answer.content)
    assert answer.status_code == 404
    assert len(document.xpath("//h1")) == 1
    assert not document.xpath("//main//ul//a")
    assert document.xpath("//main//form[@role='search']")


@pytest.mark.parametrize("path", ["/pl/", "/pl/about/", "/fi/", "/fr/", "/en-GB/", "/EN/"])
def test_a_locale_that_is_not_switched_on_is_404_in_the_visitors_language(client, about, path):
    answer = client.get(path, headers={"Accept-Language": "et"})
    assert answer.status_code == 404
    assert html.fromstring(answer.content).get("lang") == "et"


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client, about):
    answer = client.get("/de/about")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/de/about/")
    assert client.get("/de/none").status_code in {301, 404}


def test_a_draft_shows_nowhere(client, about):
    draft = StandardPage.objects.get(pk=about.pk)
    draft.title = "Zeppelin"
    draft.save_revision()
    make_page(about.get_parent(), StandardPage, title="Submarine", slug="submarine", live=False)
    assert client.get("/en/submarine/").status_code == 404
    for path in ["/en/about/", "/en/", "/sitemap.xml", "/en/submarine/", "/de/about/"]:
        text = client.get(path).content.decode()
        assert "Zeppelin" not in text
        assert "Submarine" not in text


def test_a_restricted_page_shows_nothing_of_itself(client, about):
    below = make_page(about, StandardPage, title="Submarine", slug="below")
    PageViewRestriction.objects.create(page=about, restriction_type="login")
    for path in [about.path_here, below.path_here]:
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"/en/_util/login/?next={path}",
        )
        assert "private" in answer.headers["Cache-Control"]
    assert client.get("/de/about/").status_code == 302
    assert "/about/" not in client.get("/en/").content.decode()
    assert "/about/" not in client.get("/sitemap.xml").content.decode()


def test_a_restriction_that_is_lifted_is_lifted_from_the_translations_too(client, about):
    lock = PageViewRestriction.objects.create(page=about, restriction_type="login")
    assert client.get("/de/about/").status_code == 302
    lock.delete()
    assert client.get("/de/about/").status_code == 200


def test_a_page_behind_a_password_opens_with_it(client, about):
    lock = PageViewRestriction.objects.create(
        page=about, restriction_type="password", password="open-sesame"
    )
    asked = client.get("/en/about/")
    assert asked.status_code == 200
    assert "wheelbarrow" not in asked.content.decode()
    address = f"/en/_util/authenticate_with_password/{lock.pk}/{about.pk}/"
    client.post(address, {"password": "wrong", "return_url": "/en/about/"})
    assert "wheelbarrow" not in client.get("/en/about/").content.decode()
    client.post(address, {"password": "open-sesame", "return_url": "/en/about/"})
    opened = client.get("/en/about/")
    assert "wheelbarrow" in opened.content.decode()
    assert "private" in opened.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/en//about/", "/en/about//", "//en/about/", "/en/./about/"])
def test_a_page_stands_at_one_address_alone(client, about, path):
    assert client.get(path).status_code == 404


def test_head_is_get_without_the_body(client, about):
    got, told = client.get("/en/about/"), client.head("/en/about/")
    assert told.status_code == 200
    assert not told.content
    assert told.headers["Content-Length"] == got.headers["Content-Length"]


@pytest.mark.parametrize("path", ["/en/about/", "/lv/about/", "/en/search/?q=x", "/xx/"])
def test_scripts_styles_and_frames_come_from_here_alone(client, about, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == parts["base-uri"] == "'none'"
    assert parts["script-src"] == parts["style-src"] == "'self'"
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("language", ["de", "en", "et", "lt", "lv"])
def test_the_page_of_a_server_error_needs_no_database(site, language):
    request = RequestFactory().get(f"/{language}/")
    with translation.override(language), CaptureQueriesContext(connection) as queries:
        answer = server_error(request)
    document = html.fromstring(answer.content)
    assert answer.status_code == 500
    assert document.get("lang") == language
    assert len(document.xpath("//h1")) == 1
    assert not queries.captured_queries


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_page_with_only_what_it_needs_looks_right(client, site, model):
    page = bare(site, model)
    client.get(page.path_here)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page.path_here)
    document = html.fromstring(answer.content)
    assert answer.status_code == 200
    assert document.xpath("string(//h1)").strip() == page.title
    assert len(queries) <= 20
    main = document.xpath("//main")[0]
    assert "None" not in main.text_content()
    assert not main.xpath(".//dt[not(following-sibling::dd)] | .//ul[not(li)] | .//dd[not(node())]")


def test_an_empty_home_page_stands(client, site):
    document = html.fromstring(client.get("/en/").content)
    assert document.xpath("string(//h1)").strip() == site.title
    assert client.get("/de/").status_code == 404


@pytest.mark.parametrize("model", [NewsIndexPage, PartnerIndexPage, PublicationIndexPage])
def test_an_index_with_nothing_to_list_says_so(client, site, model):
    told = make_page(site, model, empty_text="Come back on Tuesday.")
    silent = make_page(site, model)
    assert "Come back on Tuesday." in client.get(told.path_here).content.decode()
    empty = html.fromstring(client.get(silent.path_here).content).xpath(
        "string(//*[@class='empty'])"
    )
    assert empty.strip()


def test_a_part_that_is_not_translated_is_marked_with_its_own_language(client, site):
    body = [{"type": "text", "value": f"<p>{words}</p>", "id": str(uuid4())} for words in "AB"]
    page = make_page(site, StandardPage, title="Ferries", slug="ferries", body=body)
    translate(page, "de", leave=[f"body.{body[1]['id']}"])
    document = html.fromstring(client.get("/de/ferries/").content)
    assert document.xpath("//main//p[text()='B']/ancestor-or-self::*[@lang][1]/@lang") == ["en"]
    assert document.xpath("//main//p[contains(text(), 'A')]/ancestor::*[@lang][1]/@lang") == ["de"]
