"""Every public page of the sample site, in every locale it exists in."""

from itertools import pairwise
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.models import Page

from cms.models import Image
from tests.make import make_news
from tests.queries import queries_of

SITE = "http://testserver"
NAMES = {
    "de": "Deutsch",
    "et": "eesti",
    "en": "English",
    "lv": "latviešu",
    "lt": "lietuvių",
}
EVERY_TYPE = [
    "",
    "about/",
    "contact/",
    "key-facts/",
    "news/",
    "news/translations-of-policy-recommendations/",
    "partners/",
    "partners/vidzeme/",
    "networks/",
    "networks/ostrobothnia/",
    "networks/liepaja/recipes-of-rucava/",
    "micro-projects/",
    "publications/",
    "publications/empowerment-making-it-happen/",
    "publications/policy-recommendations/",
]
LISTED = {"news/": 4, "partners/": 16, "networks/": 7, "micro-projects/": 6, "publications/": 6}
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
}
ADDRESSES = ["href", "src", "action", "poster"]


def test_every_page_answers_200_in_its_language(crawl):
    wrong = {path for path, seen in crawl.items() if seen.response.status_code != 200}
    assert not wrong
    told = {path: seen.document.get("lang") for path, seen in crawl.items()}
    assert told == {path: path.split("/")[1] for path in crawl}
    assert {seen.response.headers["Content-Language"] for seen in crawl.values()} == set(NAMES)
    assert len(crawl) == Page.objects.filter(depth__gte=2).count() > 115


def test_every_page_type_of_the_site_is_among_the_pages(crawl):
    made = {page.specific_class.__name__ for page in Page.objects.filter(depth__gte=2)}
    seen = {Page.objects.get(url_path=f"/home/{path}").specific_class for path in EVERY_TYPE}
    assert {model.__name__ for model in seen} == made


def test_every_page_has_one_heading_of_the_first_level_one_main_and_a_title(crawl):
    for path, seen in crawl.items():
        headings = seen.document.xpath("//h1")
        assert len(headings) == 1, path
        assert headings[0].text_content().strip(), path
        assert len(seen.document.xpath("//main")) == 1, path
        assert seen.document.findtext("head/title").strip(), path


def test_no_level_of_headings_is_skipped(crawl):
    wrong = {}
    for path, seen in crawl.items():
        levels = [
            int(tag.tag[1])
            for tag in seen.document.xpath(
                "//main//*[re:test(name(), '^h[1-6]$')]",
                namespaces={"re": "http://exslt.org/regular-expressions"},
            )
        ]
        if any(after > before + 1 for before, after in pairwise(levels)):
            wrong[path] = levels
    assert not wrong


def test_no_id_stands_twice_on_a_page(crawl):
    for path, seen in crawl.items():
        ids = seen.document.xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_the_alternates_are_the_page_itself_and_every_public_translation(crawl):
    works: dict = {}
    for path, seen in crawl.items():
        works.setdefault(seen.key, {})[seen.language] = SITE + path
    for path, seen in crawl.items():
        links = seen.document.xpath("//head/link[@rel='alternate'][@hreflang]")
        told = {link.get("hreflang"): link.get("href") for link in links}
        assert len(links) == len(told)
        assert told == works[seen.key]
        assert seen.document.xpath("//link[@rel='canonical']/@href") == [SITE + path]
    assert sum(len(work) == 5 for work in works.values()) == 15


def test_the_switcher_names_every_locale_in_order_and_stays_on_the_work(crawl):
    works: dict = {}
    for path, seen in crawl.items():
        works.setdefault(seen.key, {})[seen.language] = path
    for path, seen in crawl.items():
        links = seen.document.xpath("//nav[contains(@class, 'languages')]//a")
        assert [link.find("span").text for link in links] == list(NAMES.values())
        for link in links:
            code = link.get("hreflang")
            assert link.get("href") == works[seen.key].get(code, f"/{code}/")
            assert ("missing" in link.get("class")) is (code not in works[seen.key]), path
        current = seen.document.xpath("//nav[contains(@class, 'languages')]//a[@aria-current]")
        assert [link.get("hreflang") for link in current] == [seen.language]


def test_nothing_stands_inline(crawl):
    for path, seen in crawl.items():
        document = seen.document
        assert not document.xpath("//@style"), path
        assert not document.xpath("//style"), path
        assert not document.xpath("//script[not(@src)] | //script[normalize-space(.)]"), path
        assert not document.xpath("//@*[starts-with(name(), 'on')]"), path
        assert not document.xpath("//*[starts-with(@href, 'javascript:')]"), path


def test_every_image_has_an_alt_text_and_its_size(crawl):
    images = [image for seen in crawl.values() for image in seen.document.xpath("//img")]
    assert len(images) > len(crawl)
    for image in images:
        assert image.get("alt") is not None, image.get("src")
        assert image.get("width"), image.get("src")
        assert image.get("height"), image.get("src")


def addresses(path: str, document) -> set[str]:
    """Everything that a page of ours leads to or loads, as absolute addresses."""
    found = {value for name in ADDRESSES for value in document.xpath(f"//@{name}")}
    for value in document.xpath("//@srcset"):
        found |= {part.split()[0] for part in value.split(",")}
    found |= set(document.xpath("//meta[@property='og:image']/@content"))
    return {urljoin(SITE + path, value) for value in found}


def test_every_internal_link_and_asset_answers_200(crawl, client):
    ids = {path: set(seen.document.xpath("//@id")) for path, seen in crawl.items()}
    everything = {url for path, seen in crawl.items() for url in addresses(path, seen.document)}
    ours = {url for url in everything if urlsplit(url).netloc == "testserver"}
    broken = set()
    for url in ours:
        address, anchor = urldefrag(url.removeprefix(SITE))
        if address in crawl:
            if anchor and anchor not in ids[address]:
                broken.add(url)
        elif address.startswith("/static/"):
            if not finders.find(unquote(address.removeprefix("/static/"))):
                broken.add(url)
        elif client.get(address).status_code != 200:
            broken.add(url)
    assert not broken
    assert {urlsplit(url).path.split("/")[1] for url in ours} >= {"downloads", "media", "static"}


def test_links_to_others_are_encrypted_or_mail(crawl):
    everything = {url for path, seen in crawl.items() for url in addresses(path, seen.document)}
    others = {url for url in everything if urlsplit(url).netloc != "testserver"}
    assert {urlsplit(url).scheme for url in others} <= {"https", "mailto", "tel"}


def test_no_page_loads_anything_from_others(crawl):
    for path, seen in crawl.items():
        loaded = seen.document.xpath("//img/@src | //script/@src | //link[@rel='stylesheet']/@href")
        assert all(urlsplit(urljoin(SITE, url)).netloc == "testserver" for url in loaded), path


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("path", EVERY_TYPE)
def test_a_page_takes_at_most_20_queries(crawl, client, path, language):
    address = f"/{language}/{path}"
    if address not in crawl:
        address = f"/en/{path}"
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= 20, [query["sql"][:120] for query in queries]


def test_one_more_piece_of_news_costs_no_query(crawl, client):
    paths = ["/en/", "/en/news/", "/de/", "/de/news/", "/en/news/sempre-accelerators/"]
    for path in paths:
        client.get(path)
    before = {path: queries_of(client, path) for path in paths}
    index = Page.objects.get(url_path="/home/news/")
    image = Image.objects.get(title="ferry")
    make_news(index, image=image, image_decorative=True, introduction="More.")
    for path in paths:
        client.get(path)
    assert {path: queries_of(client, path) for path in paths} == before


@pytest.mark.parametrize("language", NAMES)
def test_no_index_is_empty_in_any_locale(crawl, language):
    for path, count in LISTED.items():
        main = crawl[f"/{language}/{path}"].document.xpath("//main")[0]
        assert not main.xpath(".//*[contains(@class, 'empty')]"), path
        below = "networks/" if path == "micro-projects/" else path
        links = {
            urlsplit(link).path.split("/", 2)[2]
            for link in main.xpath(".//a/@href")
            if link.startswith("/")
        }
        depth = 3 if path == "micro-projects/" else 2
        works = {link for link in links if link.startswith(below) and link.count("/") == depth}
        assert len(works) == count, (path, works)


@pytest.mark.parametrize("language", ["de", "et", "lt", "lv"])
def test_what_is_not_translated_is_marked_with_its_language_and_a_label(crawl, language):
    main = crawl[f"/{language}/news/"].document.xpath("//main")[0]
    foreign = main.xpath(".//a[starts-with(@href, '/en/')]")
    assert len(foreign) == 2
    for link in foreign:
        assert (link.get("lang"), link.get("hreflang")) == ("en", "en")
        assert link.getnext().text == "English"


def test_the_security_policy_is_strict_on_every_page(crawl, client):
    answers = [seen.response for seen in crawl.values()]
    answers += [client.get("/de/search/?q=x"), client.get("/de/none/"), client.get("/pl/")]
    for answer in answers:
        parts = answer.headers["Content-Security-Policy"].split("; ")
        assert dict(part.split(" ", 1) for part in parts) == STRICT
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_untranslated_page_answers_404_with_links_to_where_it_is(crawl, client):
    answer = client.get("/lt/about/how-it-works/")
    document = html.fromstring(answer.content)
    assert answer.status_code == 404
    assert document.get("lang") == "lt"
    found = document.xpath("//main//ul//a")
    ways = [
        (link.get("href"), link.get("hreflang"), link.find("span").get("lang")) for link in found
    ]
    assert ways == [
        (f"/{code}/about/how-it-works/", code, code) for code in ["de", "et", "en", "lv"]
    ]
    assert all(crawl[href].response.status_code == 200 for href, _code, _lang in ways)


def test_the_banner_says_that_the_original_has_changed(crawl):
    for path, state in {
        "/lt/partners/lutheran-diaconia/": "outdated",
        "/lv/partners/vidzeme/": "outdated",
        "/et/about/how-it-works/": "partial",
    }.items():
        notices = crawl[path].document.xpath(f"//aside[contains(@class, 'notice--{state}')]")
        assert len(notices) == 1, path
        assert notices[0].xpath(".//a/@href") == ["/en/" + path.split("/", 2)[2]]
    for path in ["/en/about/how-it-works/", "/de/about/how-it-works/", "/de/"]:
        assert not crawl[path].document.xpath("//aside[contains(@class, 'notice--')]"), path
