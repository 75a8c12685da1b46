"""Every text still in the source's language says so with `lang`, on every page that shows it."""

import pytest
from lxml import html
from wagtail.models import Page

from cms.editorial.along import keeping_translations
from cms.models.texts import Texts, text_hash
from home.models import HomePage, KeyFactsPage, StandardPage
from partners.models import (
    MicroProjectIndexPage,
)
from publications.models import PublicationPage
from tests.api.content import block
from tests.make import (
    below_home,
    make_micro_project,
    make_network,
    make_news,
    make_page,
    make_partner,
    make_pdf,
    make_publication,
    publish,
    translate,
)
from tests.queries import queries_of
from tests.tokens import (
    INDEXES,
    MODELS,
    TOKEN,
    Words,
    items,
    language_at,
    languages,
    make_full,
    seen,
    untranslate,
)

pytestmark = pytest.mark.django_db

CHOICES = {"all": lambda n: True, "even": lambda n: n % 2 == 0, "odd": lambda n: n % 2 == 1}


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_text_of_a_page_is_in_the_language_that_it_says(client, site, model, choice):
    if model is HomePage:
        make_page(site, KeyFactsPage, successor_title="The next")
    page = make_full(site, Words(), model)
    german = translate(page, "de")
    told = seen(client, german)
    assert told
    assert set.union(*told.values()) == {"de"}
    left = untranslate(page, CHOICES[choice])
    after = seen(client, german)
    assert {token for token, found in after.items() if found == {"en"}} == left & after.keys()
    assert {token for token, found in after.items() if found == {"de"}} == after.keys() - left
    assert left - after.keys() <= unshown(page)
    assert queries_of(client, german.path_here) <= 20


WITHOUT_LEAD = (KeyFactsPage, PublicationPage, *INDEXES)


def unshown(page: Page) -> set[str]:
    """The tokens of what a page of this type does not show of itself."""
    names = ["image_alt"] if isinstance(page, WITHOUT_LEAD) else []
    names += ["title"] if isinstance(page, HomePage) else []  # it has another one on the page
    return set(TOKEN.findall(" ".join(getattr(page, name) for name in names)))


@pytest.fixture
def partly(client, site):
    """partly(page, ...): its German translation, title and introduction still in English."""

    def translated(page: Page, *leave: str) -> Page:
        words = {"title": "Word t1t", "introduction": "Word t2t", "search_description": "Word t3t"}
        page = publish(page, **words)
        return translate(page, "de", leave=leave or tuple(words))

    return translated


def shown(client, address: str) -> set[tuple[str, str]]:
    """{("t1t", "en"), ...}: every language in which each token stands on a page."""
    told = languages(html.fromstring(client.get(address).content))
    return {(token, language) for token, found in told.items() for language in found}


def test_menu_footer_and_breadcrumb_say_the_language_of_a_title(client, site, partly):
    section = below_home(StandardPage, "about")
    page = make_page(section, StandardPage, title="Ferry", slug="ferry")
    for in_menu in (True, False):
        partly(publish(section, show_in_menus=in_menu))
        assert shown(client, translate(page, "de").path_here) == {("t1t", "en")}
        assert shown(client, "/de/search/") == {("t1t", "en")}
    assert shown(client, page.path_here) == {("t1t", "en")}


def test_a_list_of_pages_below_says_the_language_of_a_title(client, site, partly):
    section = make_page(site, StandardPage)
    german = partly(make_page(section, StandardPage))
    assert shown(client, german.get_parent().specific.path_here) == {("t1t", "en")}


def test_news_lists_say_the_languages_of_title_and_text(client, site, partly):
    german = partly(make_news())
    for address in (german.get_parent().specific.path_here, "/de/"):
        assert shown(client, address) == {("t1t", "en"), ("t2t", "en")}
    partly(make_news(), "introduction")
    assert ("t1t", "de") in shown(client, "/de/")


@pytest.mark.parametrize("maker", [make_partner, make_network, make_publication])
def test_indexes_and_maps_say_the_language_of_a_title(client, site, partly, maker):
    where = {"latitude": "59.3", "longitude": "18.0"} if maker is not make_publication else {}
    german = partly(maker(**where))
    address = german.get_parent().specific.path_here
    assert shown(client, address) == {("t1t", "en")}
    if where:
        assert html.fromstring(client.get(address).content).xpath("//svg//a/@lang") == ["en"]


def test_the_matrix_of_editions_says_the_language_of_a_title(client, site, partly):
    german = partly(make_publication(editions=[("en", "", make_pdf())]))
    document = html.fromstring(client.get(german.get_parent().specific.path_here).content)
    (table,) = document.xpath("//table")
    assert set.union(*languages(document).values()) == {"en"}
    assert len(table.xpath(".//*[contains(text(), 't1t')][@lang='en']")) == 2


def test_cards_of_micro_projects_say_the_languages_of_title_and_text(client, site, partly):
    index = below_home(MicroProjectIndexPage, "micro-projects")
    german = partly(make_micro_project())
    for page in (translate(index, "de"), german.get_parent().specific):
        assert shown(client, page.path_here) == {("t1t", "en"), ("t2t", "en")}


def test_teasers_in_a_body_and_related_publications_say_their_languages(client, site, partly):
    publication = make_publication()
    news = make_news(body=[block(1, "teaser", {"page": publication.pk})])
    news.related.create(publication_id=publication.pk)
    partly(publication)
    assert shown(client, translate(news, "de").path_here) == {("t1t", "en"), ("t3t", "en")}


def test_search_results_say_the_languages_of_title_and_text(client, site, partly):
    partly(make_page(site, StandardPage))
    found = shown(client, "/de/search/?q=t1t")
    assert {("t1t", "en"), ("t2t", "en")} <= found
    assert {language for _token, language in found} == {"en"}


def test_the_record_around_every_page_says_its_languages(client, site):
    record = make_page(
        site, KeyFactsPage, project_title="Word t1t", programme="Word t2t", title="Word t3t"
    )
    translate(site, "de")
    english = {("t1t", "en"), ("t2t", "en"), ("t3t", "en")}
    assert shown(client, "/de/") == english
    translate(record, "de", leave=["programme"])
    assert shown(client, "/de/") == english - {("t1t", "en"), ("t3t", "en")} | {
        ("t1t", "de"),
        ("t3t", "de"),
    }


def test_the_other_languages_of_a_missing_page_say_the_language_of_its_title(client, site, partly):
    partly(make_page(site, StandardPage, slug="ferry"))
    answer = client.get("/lv/ferry/")
    links = html.fromstring(answer.content).xpath("//main//ul//a")
    told = [(link.get("hreflang"), link[0].get("lang"), link.text_content()) for link in links]
    assert told == [("de", "en", "Word t1t"), ("en", "en", "Word t1t")]


def test_a_text_that_an_editor_has_changed_by_hand_is_in_the_language_of_the_page(client, site):
    page = make_page(site, StandardPage, title="Ferry t1t", introduction="Boats t2t")
    german = translate(page, "de", leave=["title", "introduction"])
    publish(german, title="Fähre t1t")
    assert shown(client, german.path_here) == {("t1t", "de"), ("t2t", "en")}


def test_a_translation_whose_source_is_gone_keeps_its_marks(client, site):
    page = make_page(site, StandardPage, title="Ferry t1t")
    german = translate(page, "de", leave=["title"])
    with keeping_translations():
        page.unpublish()
    assert shown(client, german.path_here) == {("t1t", "en")}
    page.delete()
    assert shown(client, german.path_here) == {("t1t", "en")}


def test_a_number_is_in_no_language(client, site):
    figures = [block(1, "figures", items([{"value": "26", "label": "Word t1t"}]))]
    german = translate(make_page(site, StandardPage, body=figures), "de", leave=["body"])
    document = html.fromstring(client.get(german.path_here).content)
    assert language_at(document.xpath("//dd")[0]) == "de"
    assert shown(client, german.path_here) == {("t1t", "en")}


MARKED = {
    "<p>A</p>": '<p lang="en">A</p>',
    "<p>A</p><p>B</p>": '<p lang="en">A</p><p>B</p>',
    "<ul><li>A<ul><li>B</li></ul></li></ul>": (
        '<ul><li><span lang="en">A</span><ul><li>B</li></ul></li></ul>'
    ),
    "<ul><li>B<ul><li>A</li></ul></li></ul>": ('<ul><li>B<ul><li lang="en">A</li></ul></li></ul>'),
    "<p><b>A</b></p>": '<p lang="en"><b>A</b></p>',
    "<p> A </p>": '<p lang="en"> A </p>',
    "A": '<span lang="en">A</span>',
    "<p>A B</p>": "<p>A B</p>",
    "": "",
}


@pytest.mark.parametrize("source", MARKED)
def test_a_rich_text_is_marked_where_its_parts_are(source):
    texts = Texts("de", "en", {"who": {text_hash("A"): 1}})
    assert texts.marked(source, "who") == MARKED[source]
    assert texts.marked(source, "why") == source
