"""How others show a page: as a link or on a card, and in which language its words are."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import F
from wagtail.models import Page

from cms.models.links import LINK_FIELDS, Link, link_of, path_of
from cms.models.locales import language_of
from cms.models.texts import TEXTS, Texts

BASIS = {name: F(f"translation_basis__{name}") for name in ("state", "outdated_since", "source_id")}


@dataclass(frozen=True)
class Teaser:
    """A page as others show it: on cards, in feeds and in search results."""

    title: str
    text: str
    path: str
    language: str
    image: object = None
    alt: str = ""
    label: object = ""
    date: object = None
    title_language: str = ""
    text_language: str = ""


class Shown:
    """What a page tells of itself where others name it."""

    pk: int
    title: str
    url_path: str
    locale_id: int
    introduction: str
    image: object
    image_alt: str
    image_decorative: bool

    @property
    def language(self) -> str:
        """The language code of the page's locale, without a query."""
        return language_of(self.locale_id)

    @property
    def path_here(self) -> str:
        """The page's address on the site, '/de/news/x/': the same whatever the request."""
        return path_of(self.url_path, self.language)

    @property
    def alt(self) -> str:
        """The alt text of the page's image as it is used here."""
        return "" if self.image_decorative else self.image_alt

    @cached_property
    def basis(self) -> dict:
        """How the page stands to its source, in one query; empty values for a source page.

        {"state": "partial", "outdated_since": None, "source_id": 7} and what TEXTS reads.
        """
        return Page.objects.filter(pk=self.pk).values(**BASIS, **TEXTS).first() or {}

    @cached_property
    def texts(self) -> Texts:
        """In which language each of the page's texts is; costs no query after `works()`."""
        return Texts.of(self.language, self._read_along())

    def _read_along(self) -> dict:
        """What TEXTS reads: by the query that found this page, else by one of its own."""
        known = vars(self)
        return known if "untranslated" in known else self.basis

    @property
    def link(self) -> Link:
        """The page as lists link to it; costs no query after `works()`."""
        return link_of(self._read_along() | {name: getattr(self, name) for name in LINK_FIELDS})

    def teaser(self) -> Teaser:
        """The page on a card; costs no query after `works().for_cards()`."""
        name = "introduction" if self.introduction else "search_description"
        text = getattr(self, name)
        return Teaser(
            title=self.title,
            text=text,
            path=self.path_here,
            language=self.language,
            image=self.image,
            alt=self.alt,
            label=self.teaser_label(),
            date=self.teaser_date(),
            title_language=self.texts.language_of(self.title, "title"),
            text_language=self.texts.language_of(text, name),
        )

    def teaser_label(self):
        """What kind of thing this is, in the visitor's language; each type answers for itself."""
        return ""

    def teaser_date(self):
        """The day that stands beside the title; none for pages that are not dated."""
        return None
