"""What robots, feed readers and watchmen ask for, and what hostile visitors try."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree
from wagtail.models import Page, PageViewRestriction

from cms.models import Image
from news.models import NewsPage
from publications.models import EditionFile

SITE = "http://testserver"
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = [
    "/%00",
    "/%00/",
    "/en/%00/",
    "/en/news/%00/",
    "/en/%ff%fe/",
    "/%c0%ae%c0%ae/",
    "/en/../../etc/passwd",
    "/en/..%2f..%2fetc%2fpasswd",
    "/en/" + "a/" * 400,
    "/en/" + "a" * 5000 + "/",
    "/en//news//",
    "//en/",
    "///",
    "/en/news",
    "/EN/news/",
    "/en-GB/",
    "/xx/",
    "/pl/news/",
    "/en/'%20OR%201=1--/",
    "/en/<script>alert(1)</script>/",
    "/en/%F0%9F%92%A9/",
    "/en/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/",
    "/en/news/?page=0",
    "/en/news/?page=-1",
    "/en/news/?page=99999999999999999999999999",
    "/en/news/?page=x%00",
    "/en/news/?year=99999999999999999999",
    "/en/news/?year=0",
    "/en/news/?year=%C2%B2",
    "/en/news/?year=%D9%A2%D9%A0%D9%A1%D9%A9",
    "/en/news/?year=2019&year=2018&topic[]=1",
    "/en/news/?topic=%00",
    "/en/news/?topic=%27%22%3E%3Cscript%3E",
    "/en/search/?q=%00",
    "/en/search/?q=%22",
    "/en/search/?q=*&page=-5",
    "/en/search/?q=" + "x" * 6000,
    "/en/search/?q=%ff%fe",
    "/en/search/?q=a&page=99999999999999999999999999999",
    "/en/search/?q[]=a&q[$ne]=b",
    "/en/search/?q=%F0%9F%92%A9",
    "/en/search/?q=%ED%A0%80",
    "/en/news/feed/?page=%00",
    "/fi/news/feed/",
    "/downloads/%00/en.pdf",
    "/downloads/../../etc/passwd/en.pdf",
    "/downloads/flyer/v" + "9" * 5000 + "/en.pdf",
    "/downloads/flyer/" + "e" * 5000 + ".pdf",
    "/media/",
    "/media/%00",
    "/media/images/",
    "/media/images/%00.webp",
    "/media/images/../../../etc/passwd",
    "/media/images/..%2f..%2f..%2fetc%2fpasswd",
    "/media/images/" + "x" * 5000,
    "/media//etc/passwd",
    "/documents/1/x.pdf",
    "/documents/99999999999999999999999/x.pdf",
    "/documents/0/%00",
    "/static/%00",
    "/static/../cms/settings/base.py",
    "/sitemap.xml?page=%00",
    "/robots.txt?x=%ff",
    "/livez/",
    "/readyz?x=%00",
    "/admin/%00/",
    "/admin/login/?next=//evil.example/",
    "/admin/pages/99999999999999999999999/",
    "/api/v1/pages/by-path?path=%00",
    "/api/v1/pages/by-path?path=" + "/" * 3000,
    "/api/v1/pages/99999999999999999999999",
    "/api/v1/pages?limit=-1&offset=-1&locale=%00",
    "/api/v1/%00",
    "/_util/authenticate_with_password/99999999999999999999999/1/",
    "/_util/%00",
]


def test_the_sitemap_names_exactly_the_public_pages_with_their_alternates(crawl, client):
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/xml")
    urls = etree.fromstring(answer.content).xpath("/s:urlset/s:url", namespaces=SITEMAP)
    told = [url.findtext("s:loc", namespaces=SITEMAP) for url in urls]
    assert len(told) == len(set(told))
    assert set(told) == {SITE + path for path in crawl}
    for url in urls:
        seen = crawl[url.findtext("s:loc", namespaces=SITEMAP).removeprefix(SITE)]
        links = url.findall("x:link[@rel='alternate']", namespaces=SITEMAP)
        wanted = {
            (other.language, SITE + path) for path, other in crawl.items() if other.key == seen.key
        }
        assert {(link.get("hreflang"), link.get("href")) for link in links} == wanted
        assert datetime.fromisoformat(url.findtext("s:lastmod", namespaces=SITEMAP)).tzinfo


def test_what_is_not_public_is_not_in_the_sitemap(client):
    Page.objects.get(url_path="/home-de/imprint/").specific.unpublish()
    restricted = Page.objects.get(url_path="/home/networks/")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    told = client.get("/sitemap.xml").content.decode()
    assert "/de/imprint/" not in told
    assert "/en/networks/" not in told
    assert "/en/imprint/" in told


def test_robots_may_read_all_but_the_admin_and_learn_of_the_sitemap(client):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert [line for line in lines if line.startswith("Disallow")] == ["Disallow: /admin/"]


@pytest.mark.parametrize("language", ["de", "en", "et", "lt", "lv"])
def test_the_feed_is_atom_and_holds_every_piece_of_news_newest_first(crawl, client, language):
    answer = client.get(f"/{language}/news/feed/")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    assert feed.tag == f"{{{ATOM['a']}}}feed"
    for part in [feed, *feed.findall("a:entry", ATOM)]:
        for name in ["id", "title", "updated"]:
            assert len(part.findall(f"a:{name}", ATOM)) == 1
        assert datetime.fromisoformat(part.findtext("a:updated", namespaces=ATOM)).tzinfo
    own = feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM)
    assert own == [f"{SITE}/{language}/news/feed/"]
    links = feed.xpath("a:entry/a:link[@rel='alternate']/@href", namespaces=ATOM)
    slugs = NewsPage.objects.filter(locale__language_code="en").order_by("-published_on")
    assert [link.split("/")[-2] for link in links] == [page.slug for page in slugs]
    assert all(crawl[link.removeprefix(SITE)].response.status_code == 200 for link in links)
    ids = feed.xpath("//a:id/text()", namespaces=ATOM)
    assert len(ids) == len(set(ids)) == 5


def test_an_entry_of_the_feed_is_dated_like_its_news(client):
    feed = etree.fromstring(client.get("/en/news/feed/").content)
    dates = [text[:10] for text in feed.xpath("//a:published/text()", namespaces=ATOM)]
    assert dates == ["2019-12-02", "2019-09-01", "2018-12-10", "2018-11-27"]


@pytest.mark.parametrize("address", ["/livez", "/readyz"])
def test_the_watchman_is_told_that_all_is_well(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    told = json.loads(answer.content)
    assert told["status"] == "ok"
    assert set(told.get("checks", {}).values()) <= {"ok"}
    assert (
        "no-cache" in answer.headers["Cache-Control"]
        or "no-store" in answer.headers["Cache-Control"]
    )
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_renditions_are_sent_and_may_be_kept(crawl, client):
    sources = {url for seen in crawl.values() for url in seen.document.xpath("//img/@src")}
    renditions = [url for url in sources if url.startswith("/media/")]
    assert renditions
    for url in renditions:
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/webp"
        assert "immutable" in answer.headers["Cache-Control"]
        assert b"".join(answer.streaming_content)[8:12] == b"WEBP"


def test_nothing_else_of_the_media_folder_is_sent(client):
    original, edition = Image.objects.first().file.name, EditionFile.objects.first().file.name
    for name in [original, edition]:
        assert (Path(settings.MEDIA_ROOT) / name).is_file()
        for way in [name, f"images/../{name}", f"images/..%2f{name}", f"./{name}", f"/{name}"]:
            assert client.get(f"/media/{way}").status_code in {301, 404}, way
            assert client.get(f"/media/{way}", follow=True).status_code == 404, way


@pytest.mark.parametrize("address", HOSTILE, ids=lambda address: repr(address[:50]))
def test_no_hostile_address_is_a_server_error(client, address):
    for method in (client.get, client.head, client.options):
        assert method(address).status_code < 500
    assert client.post(address.split("?")[0], {"x": "\0"}).status_code < 500


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "\xff\xfe,,;;q=x"},
        {"Accept-Language": "de;q=" + "9" * 500},
        {"Accept-Language": "x" * 9000},
        {"Accept-Language": "*"},
        {"If-None-Match": '"' + "x" * 9000},
        {"If-Modified-Since": "yesterday"},
        {"Range": "bytes=5-1"},
        {"Cookie": "sessionid=%00; csrftoken=" + "x" * 5000},
        {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"},
    ],
    ids=lambda headers: repr(next(iter(headers.items())))[:40],
)
def test_no_hostile_header_is_a_server_error(client, headers):
    for address in ["/", "/en/", "/downloads/flyer/de.pdf", "/sitemap.xml", "/xx/", "/en/search/"]:
        assert client.get(address, headers=headers).status_code < 500, address
