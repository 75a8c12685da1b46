"""Pages full of texts that are found again by a token, "Word t7t", and their languages."""

import re
from itertools import count

from lxml import html
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, TranslationSource

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
    make_image,
    make_micro_project,
    make_network,
    make_news,
    make_page,
    make_partner,
    make_publication,
    make_recommendations,
    publish,
    release,
)

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
            block(5, "figures", items([{"value": self(), "label": self()} for _ in "ab"])),
            block(6, "callout", {"title": self(), "text": self.rich()}),
            block(7, "links", items([link])),
            block(8, "steps", items([{"title": self(), "text": f"<p>{self()}</p>"}])),
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


def items(values: list[dict]) -> list[dict]:
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
            found.setdefault(token, set()).add(language_at(element))
        for token in TOKEN.findall(element.tail or ""):
            found.setdefault(token, set()).add(language_at(element.getparent()))
    return found


def language_at(element) -> str:
    return element.xpath("ancestor-or-self::*[@lang][1]/@lang")[0]


def seen(client, page: Page) -> dict[str, set[str]]:
    return languages(html.fromstring(client.get(page.path_here).content))
