"""Where links lead: to the reader's locale, to public pages only, and never to a script."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.models.links import Links, is_safe, path_of, rich_text_ids
from home.models import StandardPage
from tests.make import (
    make_news,
    make_page,
    make_partner,
    make_publication,
    make_recommendations,
    publish,
    release,
    translate,
)

pytestmark = pytest.mark.django_db

UNSAFE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "blob:x",
    "http://[",
]
SAFE = ["https://a.example/?x=1&y=2", "http://a.example", "mailto:a@a.example", "tel:+49301234"]


def hrefs(html: str) -> list[str]:
    return [tag["href"] for tag in BeautifulSoup(html, "lxml").select("[href]")]


def public(page) -> BeautifulSoup:
    response = Client().get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml").select_one("main")


def block(kind: str, value, number: int = 1) -> dict:
    return {"type": kind, "id": f"{number}" * 8 + "-1111-4111-8111-111111111111", "value": value}


def page_with(site, *blocks):
    return make_page(site, StandardPage, body=list(blocks))


@pytest.mark.parametrize("address", SAFE)
def test_a_safe_address_stays(address):
    html = Links(set(), 1).html(f'<a href="{address}">words</a>')
    assert hrefs(html) == [address]
    assert is_safe(address)


@pytest.mark.parametrize("address", UNSAFE)
@pytest.mark.parametrize(
    "form", ['<p><a href="{}">words</a></p>', "<A HREF='{}'>words</A>", '<a href="{}">words']
)
def test_an_unsafe_address_leaves_its_words(address, form):
    html = Links(set(), 1).html(form.format(address))
    told = hrefs(html)
    assert "words" in html
    assert not [href for href in told if ":" in href and not href.startswith("&#106;")]


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<p onclick="alert(1)">words</p>',
        "<iframe src='https://a.example'></iframe>",
        "<svg/onload=alert(1)>",
        '<a href="https://a.example" onmouseover="alert(1)">words</a>',
        '<p style="position:fixed">words</p>',
    ],
)
def test_rich_text_carries_no_script_whoever_wrote_it(html):
    told = Links(set(), 1).html(html)
    tags = BeautifulSoup(told, "lxml").find_all(["script", "img", "iframe", "svg"])
    assert tags == []
    assert "alert" not in told
    assert "style" not in told


@pytest.mark.parametrize("address", [*UNSAFE[:2], UNSAFE[8]])
def test_an_unsafe_address_reaches_neither_page_nor_api(site, address):
    link = f'<p><a href="{address}">words</a></p>'
    page = page_with(
        site,
        block("text", link, 1),
        block("links", [{"label": "words", "page": None, "url": address}], 2),
        block("callout", {"title": "", "text": link}, 3),
        block("steps", [{"title": "Step", "text": link}], 4),
        block("video", {"title": "Film", "url": address, "description": ""}, 5),
    )
    scheme = address.split(":")[0].lower()
    main = str(public(page)).lower()
    assert "words" in main
    assert f"{scheme}:" not in main
    assert f"{scheme}:" not in str(page.shape()).lower()


def test_an_unsafe_address_reaches_no_profile_and_no_recommendation(site):
    link = '<p><a href="javascript:alert(1)">words</a></p>'
    pages = [make_partner(who=link, why=link, with_whom=link)]
    pages.append(make_recommendations(rows=[{"text": link}]))
    for page in pages:
        assert "words" in public(page).get_text()
        assert "javascript:" not in str(public(page)) + str(page.shape())


def link_to(page) -> str:
    return f'<p>See <a linktype="page" id="{page.pk}">the page</a>.</p>'


@pytest.fixture
def target(site):
    return make_news(title="Target", slug="target")


@pytest.fixture
def page(site, target):
    """A page that names another one in every way there is."""
    return page_with(
        site,
        block("text", link_to(target), 1),
        block("links", [{"label": "the page", "page": target.pk, "url": ""}], 2),
        block("callout", {"title": "", "text": link_to(target)}, 3),
        block("teaser", {"page": target.pk}, 4),
        block("steps", [{"title": "Step", "text": link_to(target)}], 5),
    )


def links_to_target(page) -> list[str]:
    return [a["href"] for a in public(page).select("a[href]") if a["href"].endswith("/target/")]


def test_links_lead_to_the_page(page, target):
    assert links_to_target(page) == ["/en/news/target/"] * 5
    assert str(page.shape()).count("http://testserver/en/news/target/") == 4


def test_a_translation_links_to_the_translation(page, target):
    translate(target, "de")
    german = translate(page, "de")
    assert links_to_target(german) == ["/de/news/target/"] * 5


def test_a_translation_links_to_the_source_where_there_is_no_translation(page, target):
    german = translate(page, "de")
    assert links_to_target(german) == ["/en/news/target/"] * 5
    tongues = {a["hreflang"] for a in public(german).select("a[hreflang]")}
    assert tongues == {"en"}


def test_a_source_links_to_the_source(page, target):
    translate(target, "de")
    assert links_to_target(page) == ["/en/news/target/"] * 5


def hide_by_unpublishing(page):
    page.unpublish()


def hide_by_restricting(page):
    kind = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=kind)


def hide_by_restricting_what_is_above(page):
    kind = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=kind)


def hide_by_deleting(page):
    page.delete()


HIDING = [
    hide_by_unpublishing,
    hide_by_restricting,
    hide_by_restricting_what_is_above,
    hide_by_deleting,
]


@pytest.mark.parametrize("hide", HIDING)
def test_what_is_not_public_leaves_words_without_link(page, target, hide):
    hide(type(target).objects.get(pk=target.pk))
    assert links_to_target(page) == []
    assert "See the page." in public(page).get_text()
    fresh = StandardPage.objects.get(pk=page.pk)
    assert "Target" not in str(public(page)) + str(fresh.shape())
    assert "/target/" not in str(fresh.shape())


def test_a_translation_that_is_not_public_gives_way_to_the_source(page, target):
    translate(target, "de").unpublish()
    german = translate(page, "de")
    assert links_to_target(german) == ["/en/news/target/"] * 5


def test_a_changed_draft_title_stays_behind(page, target):
    target.title = "Not yet public"
    target.save_revision()
    assert "Not yet public" not in str(public(page))


def test_a_renamed_page_is_linked_at_its_new_address(page, target):
    publish(target, slug="renamed")
    assert public(page).select("a[href='/en/news/renamed/']") != []
    assert links_to_target(page) == []


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "²", "9" * 30, "999999999"])
def test_a_link_to_no_page_at_all_leaves_its_words(site, number):
    html = f'<p><a linktype="page" id="{number}">words</a><a linktype="page">more</a></p>'
    page = page_with(site, block("text", html))
    assert public(page).select(".prose a") == []
    assert "words" in public(page).get_text()
    assert rich_text_ids(html) <= {0, 999999999}


def test_related_publications_are_shown_in_the_readers_locale(site):
    work = make_publication(slug="the-work")
    page = make_news()
    page.related.create(publication=work)
    release(page.save_revision())
    translate(work, "de")
    german = translate(page, "de")
    assert [link.path for link in german.related_publications()] == ["/de/publications/the-work/"]
    assert public(german).select("a[href='/de/publications/the-work/']") != []


def test_the_slug_of_a_home_page_is_never_seen():
    assert path_of("/home-de/news/x/", "de") == "/de/news/x/"
    assert path_of("/home/", "en") == "/en/"
