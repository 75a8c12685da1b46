"""The forms of every page type as an editor would send them, all fields filled in."""

from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.blocks import INLINE_FEATURES, RICH_TEXT_FEATURES
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
from publications.models import (
    EditionFile,
    PublicationIndexPage,
    PublicationPage,
    RecommendationsPage,
)
from tests.make import below_home, make_image, make_network, make_pdf, make_publication

TEXT = "Written through the editor"


def text(html: str, features=RICH_TEXT_FEATURES) -> str:
    return rich_text(html, features=features)


def body() -> dict:
    """All ten blocks, as the page editor would send them."""
    steps = [("item", {"title": "Ask", "text": text("<p>What?</p>", INLINE_FEATURES)})]
    blocks = [
        ("heading", {"text": "What we learnt"}),
        ("text", text(f"<p>{TEXT}.</p>")),
        ("image", {"image": str(make_image().pk), "alt": "A harbour", "caption": "Spring"}),
        ("quote", {"text": "Nothing about us without us.", "source": ""}),
        ("figures", streamfield([("item", {"value": "26", "label": "micro projects"})])),
        ("callout", {"title": "Good to know", "text": text("<p>The files stay.</p>")}),
        ("links", streamfield([("item", {"label": "x", "page": "", "url": "https://a.example/"})])),
        ("teaser", {"page": str(HomePage.objects.first().pk)}),
        ("steps", streamfield(steps)),
        ("video", {"title": "Film", "url": "https://a.example/film", "description": ""}),
    ]
    return {"body": streamfield(blocks)}


def home_parent():
    return Page.objects.get(depth=1)


def key_facts() -> dict:
    return {
        "acronym": "SEMPRE",
        "project_title": "Social Empowerment in Rural Areas",
        "programme": "Interreg Baltic Sea Region",
        "programme_period": "2014-2020",
        "fund": "European Regional Development Fund",
        "start": "2016-03-01",
        "activities": inline_formset([{"text": "Training"}]),
    }


def publication() -> dict:
    file = EditionFile.objects.from_bytes(make_pdf(), "handbook.pdf")
    edition = {"language": "en", "variant": "", "title": "Handbook", "file": str(file.pk)}
    return {
        "kind": "handbook",
        "audience": "staff",
        "licence": "cc-by-4.0",
        "editions": inline_formset([edition]),
        "authors": inline_formset([{"name": "Nordregio", "partner": ""}]),
    }


def recommendations() -> dict:
    row = {"title": "Ask", "addressee": "Councils", "anchor": "r1", "text": text("<p>First.</p>")}
    return publication() | {"recommendations": inline_formset([row])}


def news() -> dict:
    related = [{"publication": str(make_publication().pk)}]
    return {"published_on": "2019-12-02", "topic": "events", "related": inline_formset(related)}


def partner() -> dict:
    texts = {name: text(f"<p>{TEXT}.</p>") for name in ("who", "why", "with_whom")}
    return {"country": "SE", "role": "partner", "latitude": "59.3", "longitude": "18.1"} | texts


def network() -> dict:
    return {"country": "DE", "user_group": "single-parents"}


def micro_project() -> dict:
    return {"stage": "running", "user_group": "migrants"}


def index(model, slug):
    return lambda: below_home(model, slug)


def home():
    return HomePage.objects.get(locale__language_code="en")


CASES = {
    HomePage: (home_parent, body),
    StandardPage: (home, body),
    ContactPage: (home, body),
    KeyFactsPage: (home, lambda: body() | key_facts()),
    NewsIndexPage: (home, body),
    NewsPage: (index(NewsIndexPage, "news"), lambda: body() | news()),
    PartnerIndexPage: (home, body),
    PartnerPage: (index(PartnerIndexPage, "partners"), partner),
    NetworkIndexPage: (home, body),
    LocalNetworkPage: (index(NetworkIndexPage, "networks"), lambda: body() | network()),
    MicroProjectIndexPage: (home, body),
    MicroProjectPage: (make_network, lambda: body() | micro_project()),
    PublicationIndexPage: (home, body),
    PublicationPage: (
        index(PublicationIndexPage, "publications"),
        lambda: body() | publication(),
    ),
    RecommendationsPage: (
        index(PublicationIndexPage, "publications"),
        lambda: body() | recommendations(),
    ),
}
"""Below which page each type is made, and what its form is filled in with."""


def filled_in(model, **fields) -> dict:
    """The form of a type as an editor would send it; the German home page is the one missing."""
    _parent, special = CASES[model]
    values = {"title": "A new page", "slug": "a-new-page", "introduction": "In short."}
    values |= {"comments": inline_formset([])} | special() | fields
    return nested_form_data(values | ({"locale": "de"} if model is HomePage else {}))
