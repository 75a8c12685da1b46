"""Every text still in the source's language says so with `lang`, on every page that shows it."""

import re
from itertools import count

import pytest
from lxml import html
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.models.texts import Texts, text_hash
from home.models import ContactPage, HomePage, KeyActivity, KeyFactsPage, StandardPage
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
from tests.api.content import block
from tests.make import (
    below_home,
    make_image,
    make_micro_project,
    make_network,
    make_news,
    make_page,
    make_partner,
    make_pdf,
    make_publication,
    make_recommendations,
    publish,
    release,
    translate,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r"t\d+t")
UNSEEN = {"search_description", "seo_title"}
"""Where a text stands that no element of the page itself shows."""
INDEXES = [NewsIndexPage, PartnerIndexPage, NetworkIndexPage, PublicationIndexPage]
INDEXES += [MicroProjectIndexPage]
MODELS = [HomePage, StandardPage, ContactPage, KeyFactsPage, NewsPage, PartnerPage]
MODELS += [LocalNetworkPage, MicroProjectPage, PublicationPage, RecommendationsPage, *INDEXES]


class Words:
    """Texts with a token each, by which they are found again on a page: "Word t7t"."""

    def __init__(self):
        self.numbers = count(1)

    def __call__(self) -> str:
        return f"Word t{next(self.numbers)}t"

    def rich(self) -> str:
        """All that an editor can write: nested, bold as a whole, broken, linked, escaped."""
        return (
            f"<h3>{self()}</h3><p>{self()} &amp; <b>{self()}</b><br/>more</p><p><b>{self()}</b></p>"
            f"<ul><li>{self()}<ul><li>{self()}</li></ul></li><li><i>{self()}</i> more</li></ul>"
            f'<p><a href="https://example.org/">{self()}</a></p><p>  {self()}&nbsp; </p>'
        )

    def body(self) -> list[dict]:
        """A body of every block that holds words of its own."""
        image = {"image": make_image().pk, "alt": self(), "decorative": False, "caption": self()}
        link = {"label": self(), "page": None, "url": "https://example.org/"}
        video = {"title": self(), "url": "https://example.org/", "description": self()}
        return [
            block(1, "heading", {"text": self()}),
            block(2, "text", self.rich()),
            block(3, "image", image),
            block(4, "quote", {"text": f"{self()}\n{self()}", "source": self()}),
            block(5, "figures", _items([{"value": self(), "label": self()} for _ in "ab"])),
            block(6, "callout", {"title": self(), "text": self.rich()}),
            block(7, "links", _items([link])),
            block(8, "steps", _items([{"title": self(), "text": f"<p>{self()}</p>"}])),
            block(9, "video", video),
        ]

    def fields(self, model) -> dict:
        """Every field of a type that is translated, filled."""
        plain = ["title", "introduction", "image_alt", "hero_title", "successor_text"]
        plain += ["empty_text", "image_caption", "focus", "place", "subtitle", "project_title"]
        plain += ["programme", "fund", "priority", "specific_objective", "successor_title"]
        plain += ["national_cofunding_note", "search_description", "seo_title"]
        names = {field.name for field in model._meta.get_fields()}
        fields = {name: self() for name in plain if name in names}
        fields |= {name: self.rich() for name in ("who", "why", "with_whom") if name in names}
        body = {"body": self.body()} if "body" in names else {}
        return fields | body | {"image": make_image(), "show_in_menus": True}


def _items(values: list[dict]) -> list[dict]:
    return [block(100 + n, "item", value) for n, value in enumerate(values)]


def make_full(site, words: Words, model) -> Page:
    """A page of this type in which every text is filled and has a token."""
    fields = words.fields(model)
    if model is HomePage:
        return publish(site, **fields)
    if model in INDEXES or model in {StandardPage, ContactPage}:
        return make_page(site, model, **fields)
    makers = {
        NewsPage: make_news,
        PartnerPage: make_partner,
        LocalNetworkPage: make_network,
        MicroProjectPage: make_micro_project,
        PublicationPage: make_publication,
    }
    if model in makers:
        return makers[model](**fields)
    if model is RecommendationsPage:
        row = {"title": words(), "addressee": words(), "text": words.rich()}
        rows = [row, row | {"text": words.rich()}]
        return make_recommendations(rows=rows, **fields)
    page = make_page(site, KeyFactsPage, live=False, **fields).get_latest_revision_as_object()
    page.activities = [KeyActivity(text=words(), locale=page.locale) for _ in "abc"]
    release(page.save_revision())
    return KeyFactsPage.objects.get(pk=page.pk)


def untranslate(page: Page, choose) -> set[str]:
    """Take the German texts away that `choose(number)` names, and publish; their tokens."""
    source = TranslationSource.objects.get(object_id=page.translation_key)
    german = Locale.objects.get(language_code="de")
    rows = StringTranslation.objects.filter(locale=german, context__object_id=page.translation_key)
    tokens: set[str] = set()
    for number, row in enumerate(rows.order_by("pk").select_related("translation_of", "context")):
        if choose(number):
            if row.context.path not in UNSEEN:
                tokens.update(TOKEN.findall(row.translation_of.data))
            row.delete()
    translated = source.get_ephemeral_translated_instance(german, fallback=True)
    translated.slug = page.get_translation(german).slug
    release(translated.save_revision())
    return tokens


def languages(document) -> dict[str, set[str]]:
    """{"t7t": {"en"}}: the languages in which each token stands on a page, its head left out."""
    found: dict[str, set[str]] = {}
    for element in document.xpath("//body//*"):
        texts = [element.text or "", element.get("alt") or ""]
        for token in TOKEN.findall(" ".join(texts)):
            found.setdefault(token, set()).add(_language(element))
        for token in TOKEN.findall(element.tail or ""):
            found.setdefault(token, set()).add(_language(element.getparent()))
    return found


def _language(element) -> str:
    return element.xpath("ancestor-or-self::*[@lang][1]/@lang")[0]


def seen(client, page: Page) -> dict[str, set[str]]:
    return languages(html.fromstring(client.get(page.path_here).content))


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
    page.unpublish()
    assert shown(client, german.path_here) == {("t1t", "en")}
    page.delete()
    assert shown(client, german.path_here) == {("t1t", "en")}


def test_a_number_is_in_no_language(client, site):
    figures = [block(1, "figures", _items([{"value": "26", "label": "Word t1t"}]))]
    german = translate(make_page(site, StandardPage, body=figures), "de", leave=["body"])
    document = html.fromstring(client.get(german.path_here).content)
    assert _language(document.xpath("//dd")[0]) == "de"
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
