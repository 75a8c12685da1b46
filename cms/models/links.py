"""Links from a page to other pages, each to its translation in the reader's locale."""

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from wagtail.models import Page
from wagtail.rich_text.rewriters import extract_attrs

from cms.models.locales import language_of
from cms.models.texts import TEXTS, Texts
from cms.models.visibility import public_pages

ANCHOR = re.compile(r"<a(\b[^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
ID_KEYS = {"page"}
LINK_FIELDS = ("pk", "title", "url_path", "locale_id", "search_description")
SAFE_SCHEMES = {"http", "https", "mailto", "tel", ""}
CLEANER = nh3.Cleaner(
    tags={"h3", "p", "b", "strong", "i", "em", "a", "ul", "ol", "li", "br", "span"},
    attributes={"a": {"href", "hreflang"}},
    url_schemes=SAFE_SCHEMES - {""},
    link_rel=None,
)
"""What of a rich text reaches the public, whoever wrote it: an editor, a translator, a file."""


@dataclass(frozen=True)
class Link:
    """A public page as somebody else links to it, and in which languages its words are."""

    id: int
    title: str
    path: str
    language: str
    introduction: str = ""
    title_language: str = ""
    text_language: str = ""

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.path


def path_of(url_path: str, language: str) -> str:
    """'/home-de/news/x/' and 'de' give '/de/news/x/': the home page's own slug is never seen."""
    return f"/{language}/" + url_path.split("/", 2)[2]


def page_ids(stream) -> set[int]:
    """The ids of all pages that a StreamField's raw data names, without loading one."""
    found: set[int] = set()
    for raw in stream.raw_data if stream else ():
        _collect(raw["value"], found)
    return found


def _collect(value, found: set[int]) -> None:
    if isinstance(value, str):
        found.update(rich_text_ids(value))
    elif isinstance(value, list):
        for item in value:
            _collect(item, found)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ID_KEYS and isinstance(item, int):
                found.add(item)
            else:
                _collect(item, found)


def rich_text_ids(html: str) -> set[int]:
    """The ids of the pages that a rich text links to."""
    attributes = (extract_attrs(match[1]) for match in ANCHOR.finditer(html or ""))
    found = (_page_id(a) for a in attributes if a.get("linktype") == "page")
    return {page_id for page_id in found if page_id}


def _page_id(attributes: dict) -> int | None:
    """The id in a link to a page; None for what can be none."""
    text = attributes.get("id", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


class Links:
    """The pages that one page links to, loaded at once for one locale.

    A link leads to the public translation in `locale_id`, else to the public page that the
    editor chose; where neither is public, the words stay and the link goes.
    """

    def __init__(self, ids: set[int], locale_id: int):
        self._by_id: dict[int, Link] = _load(ids, locale_id) if ids else {}

    def by_id(self, page_id: int | None) -> Link | None:
        """The link to a page by its id, None where nothing of it is public."""
        return self._by_id.get(page_id) if page_id else None

    def page(self, page) -> Link | None:
        return self.by_id(page.pk) if page else None

    def items(self, rows) -> list[dict]:
        """[{"label": "...", "path": "/de/about/", "url": "https://...", "language": "de"}]"""
        return [item for row in rows if (item := self._item(row))]

    def _item(self, row) -> dict | None:
        if row["page"]:
            link = self.page(row["page"])
            if link is None:
                return None
            return {
                "label": row["label"],
                "path": link.path,
                "url": link.url,
                "language": link.language,
            }
        safe = self.safe(row["url"])
        return {"label": row["label"], "path": safe, "url": safe, "language": ""} if safe else None

    def html(self, source: str, absolute: bool = True) -> str:
        """Rich text as the public reads it, its links finished; unsafe ones leave their words."""
        linked = ANCHOR.sub(lambda match: self._anchor(match, absolute), source or "")
        return CLEANER.clean(linked)

    def safe(self, address: str) -> str:
        """An address elsewhere, "" where nobody may be sent to it."""
        return address if is_safe(address) else ""

    def _anchor(self, match, absolute: bool) -> str:
        attributes = extract_attrs(match[1])
        if attributes.get("linktype") == "page":
            link = self.by_id(_page_id(attributes))
            href = link and (link.url if absolute else link.path)
            language = link.language if link else ""
        else:
            href, language = attributes.get("href", ""), ""
            if absolute and href.startswith("/") and not href.startswith("//"):
                href = settings.SITE_URL + href
        if not href or not is_safe(href):
            return match[2]
        hreflang = f' hreflang="{language}"' if language else ""
        return f'<a href="{escape(href)}"{hreflang}>{match[2]}</a>'


def is_safe(address: str) -> bool:
    """Whether an address is one that a visitor may be sent to (no scripts, no data)."""
    try:
        return urlsplit(address.strip()).scheme.lower() in SAFE_SCHEMES
    except ValueError:
        return False


def _load(ids: set[int], locale_id: int) -> dict[int, Link]:
    chosen = dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    rows = list(
        public_pages()
        .filter(translation_key__in=set(chosen.values()))
        .values("translation_key", *LINK_FIELDS, **TEXTS)
    )
    translated = {r["translation_key"]: r for r in rows if r["locale_id"] == locale_id}
    own = {row["pk"]: row for row in rows}
    found = {pk: translated.get(key) or own.get(pk) for pk, key in chosen.items()}
    return {pk: link_of(row) for pk, row in found.items() if row}


def link_of(row: dict) -> Link:
    """The link to a page from a row that has read LINK_FIELDS and TEXTS."""
    language = language_of(row["locale_id"])
    title, text = row["title"], row["search_description"]
    texts = Texts.of(language, row)
    return Link(
        row["pk"],
        title,
        path_of(row["url_path"], language),
        language,
        text,
        texts.language_of(title, "title"),
        texts.language_of(text, "search_description"),
    )
