"""Search finds what the public may read, in the visitor's language, whatever is asked."""

from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from tests.make import make_news, make_page, make_recommendations, publish, translate
from tests.queries import queries_of

BODY = [{"type": "text", "value": "<p>They share a <b>wheelbarrow</b> and an oven.</p>"}]
NONSENSE = [
    '"',
    "'",
    '"""',
    'ferry"',
    '"ferry',
    "*",
    "ferry*",
    "%",
    "%s %d %(x)s",
    "\\",
    "ferry AND",
    "AND OR NOT NEAR(",
    "NOT ferry",
    "title:ferry",
    "{title} : ferry",
    "(ferry",
    "ferry)",
    "^ferry",
    "ferry -",
    "+ - && || !",
    "_",
    "__",
    "; DROP TABLE wagtailcore_page; --",
    "<script>alert(1)</script>",
    "\0",
    "fer\0ry",
    "💩",
    "ä" * 300,
    "a " * 300,
    "\u202e\u200b",
    "ʼ",
    "…",
    "０１２",
]


@pytest.fixture
def about(site):
    return make_page(
        site,
        StandardPage,
        title="Kaleidoscope",
        slug="about",
        introduction="A lighthouse for every village.",
        body=BODY,
    )


def found(client, words: str, language: str = "en") -> list[str]:
    """The addresses that a search answers, best first."""
    answer = client.get(f"/{language}/search/", {"q": words})
    assert answer.status_code == 200
    return html.fromstring(answer.content).xpath("//main//li//h2/a/@href")


@pytest.mark.parametrize("words", ["Kaleidoscope", "kaleidoscope", "lighthouse", "WHEELBARROW"])
def test_a_page_is_found_by_title_introduction_and_body(client, about, words):
    assert found(client, words) == ["/en/about/"]


def test_all_words_must_be_on_the_page(client, about):
    assert found(client, "lighthouse wheelbarrow") == ["/en/about/"]
    assert found(client, "lighthouse submarine") == []


def test_marks_around_the_words_change_nothing(client, about):
    for words in ['"lighthouse"', "lighthouse,", "(lighthouse)", "lighthouse!"]:
        assert found(client, words) == ["/en/about/"], words


def test_recommendations_are_found_by_their_text(client, site):
    page = make_recommendations(rows=[{"text": "<p>Bring a barometer.</p>"}])
    # Here work is done at once, before a page's rows are saved; the worker comes after them.
    call_command("update_index", verbosity=0, stdout=StringIO())
    assert found(client, "barometer") == [f"/en/publications/{page.slug}/"]


def test_each_locale_finds_its_own_pages_alone(client, about):
    translate(about, "de", {"Kaleidoscope": "Kaleidoskop", about.introduction: "Ein Leuchtturm."})
    assert found(client, "Leuchtturm", "de") == ["/de/about/"]
    assert found(client, "Leuchtturm") == []
    assert found(client, "Kaleidoskop") == []
    assert found(client, "lighthouse", "de") == []
    assert found(client, "lighthouse", "lv") == []


def test_letters_of_the_region_are_found_composed_and_decomposed(client, site):
    page = make_page(site, StandardPage, title="Liepāja õun žuvis", slug="letters")
    for words in ["Liepāja", "Liepa\u0304ja", "ÕUN", "žuvis", "z\u030cuvis"]:
        assert found(client, words) == [page.path_here], words


def test_what_is_not_published_is_not_found(client, about):
    make_page(about.get_parent(), StandardPage, title="Submarine", slug="draft", live=False)
    draft = StandardPage.objects.get(pk=about.pk)
    draft.title = "Zeppelin"
    draft.save_revision()
    assert found(client, "Submarine") == []
    assert found(client, "Zeppelin") == []
    about.unpublish()
    assert found(client, "Kaleidoscope") == []


def test_what_was_published_anew_is_found_by_its_new_words_alone(client, about):
    publish(about, title="Zeppelin")
    assert found(client, "Zeppelin") == ["/en/about/"]
    assert found(client, "Kaleidoscope") == []


def test_what_is_restricted_is_not_found_nor_what_stands_below_it(client, about):
    below = make_page(about, StandardPage, title="Submarine", slug="below")
    PageViewRestriction.objects.create(page=about, restriction_type="login")
    assert found(client, "Kaleidoscope") == []
    assert found(client, "Submarine") == []
    PageViewRestriction.objects.all().delete()
    assert found(client, "Submarine") == [below.path_here]


@pytest.mark.parametrize("words", NONSENSE, ids=ascii)
def test_nonsense_finds_nothing_or_something_and_never_fails(client, about, words):
    for page in ["1", "0", "-1", "9" * 30, "x", "\0"]:
        assert client.get("/en/search/", {"q": words, "page": page}).status_code == 200
    assert client.get(f"/en/search/?q={quote(words)}&q=other&x=1").status_code == 200


def test_without_words_there_is_a_form_and_no_result(client, about):
    for address in ["/en/search/", "/en/search/?q=", "/en/search/?q=%20%00"]:
        document = html.fromstring(client.get(address).content)
        assert document.xpath("//main//form[@role='search']//input[@name='q']")
        assert not document.xpath("//main//*[@role='status']")
        assert not document.xpath("//main//li")


@pytest.mark.parametrize("words", ["submarine", '"'])
def test_an_empty_result_says_so_and_repeats_the_words(client, about, words):
    document = html.fromstring(client.get("/en/search/", {"q": words}).content)
    assert words in document.xpath("string(//main//*[@role='status'])")
    assert document.xpath("//main//input[@name='q']/@value") == [words]


def test_what_was_asked_is_shown_as_text_and_never_as_markup(client, about):
    answer = client.get("/en/search/", {"q": "<b onclick=alert(1)>"})
    assert b"<b onclick" not in answer.content
    assert b"&lt;b onclick" in answer.content


def test_the_page_speaks_the_language_of_its_address(client, site, about):
    translate(site, "de")
    document = html.fromstring(client.get("/lv/search/?q=x").content)
    assert document.get("lang") == "lv"
    assert len(document.xpath("//h1")) == 1
    ways = document.xpath("//nav[contains(@class, 'languages')]//a/@href")
    assert ways == ["/de/search/?q=x", "/en/search/?q=x"]


def test_many_results_stand_on_pages_and_cost_no_more_queries(client, site):
    for number in range(3):
        make_news(title=f"Ferry {number}")
    few = queries_of(client, "/en/search/?q=ferry")
    for number in range(3, 23):
        make_news(title=f"Ferry {number}")
    assert queries_of(client, "/en/search/?q=ferry") == few <= 20
    first = html.fromstring(client.get("/en/search/?q=ferry").content)
    assert len(first.xpath("//main//li//h2/a")) == 20
    (more,) = first.xpath("//main//a[@rel='next']/@href")
    second = html.fromstring(client.get(f"/en/search/{more}").content)
    assert len(second.xpath("//main//li//h2/a")) == 3


def test_searching_writes_nothing(client, about):
    assert client.post("/en/search/", {"q": "ferry"}).status_code == 405
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/search/?q=lighthouse")
    assert all(query["sql"].startswith("SELECT") for query in queries)
