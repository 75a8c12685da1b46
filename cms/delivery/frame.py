"""What stands around every page: menu, languages, breadcrumb, funding, and the honest banner."""

from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.conf import settings
from wagtail.models import Page

from cms.choices import funding_statement
from cms.models.links import LINK_FIELDS, Link, link_of, path_of
from cms.models.locales import active_languages, language_of, locale_id_of
from cms.models.texts import TEXTS
from cms.models.visibility import public_pages
from cms.translation.models import PublicState

SECTION_DEPTH = 3
HOME_DEPTH = 2


@dataclass(frozen=True)
class Entry(Link):
    """A page in the menu, the footer or the breadcrumb."""

    current: bool = False


@dataclass(frozen=True)
class LanguageEntry:
    """A locale in the language switcher; `state` tells what the reader finds behind it."""

    code: str
    name: str
    path: str
    state: str
    current: bool = False

    @property
    def is_missing(self) -> bool:
        return self.state == PublicState.MISSING


class Frame:
    """The surroundings of a page, or of a view without page, in one locale.

    Each property costs at most one query, and only when the template asks for it.
    """

    def __init__(
        self, language: str, page: Page | None = None, path: str = "", elsewhere: list | None = None
    ):
        self.language = language
        self.locale_id = locale_id_of(language)
        self.page = page
        self.path = path
        self.elsewhere = elsewhere and {row["link"].language: row["link"].path for row in elsewhere}

    @cached_property
    def home(self) -> str:
        return f"/{self.language}/"

    @cached_property
    def front(self) -> str:
        """The front page that can be read: this locale's, else the best one for the visitor."""
        return self.home if self.language in self._homes else "/"

    @cached_property
    def _top(self) -> list[dict]:
        """The public home pages and the pages right below them, in the tree's order."""
        rows = public_pages().filter(depth__lte=SECTION_DEPTH).order_by("path")
        fields = (*LINK_FIELDS, "depth", "slug", "translation_key", "show_in_menus")
        return list(rows.values(*fields, **TEXTS))

    @cached_property
    def _homes(self) -> set[str]:
        """The languages that have a front page to lead visitors to."""
        return {language_of(row["locale_id"]) for row in self._top if row["depth"] == HOME_DEPTH}

    @cached_property
    def _sections(self) -> list[dict]:
        """The public pages right below the home pages, each work once, in the tree's order."""
        works: dict = {}
        for row in self._top:
            if row["depth"] == SECTION_DEPTH:
                known = works.setdefault(row["translation_key"], row)
                if row["locale_id"] == self.locale_id and known is not row:
                    works[row["translation_key"]] = row
        return list(works.values())

    def _entries(self, rows) -> list[Entry]:
        here = self.page.path_here if self.page else self.path
        links = (link_of(row) for row in rows)
        return [
            Entry(**vars(link), current=bool(here) and here.startswith(link.path)) for link in links
        ]

    @cached_property
    def menu(self) -> list[Entry]:
        return self._entries(row for row in self._sections if row["show_in_menus"])

    @cached_property
    def footer(self) -> list[Entry]:
        return self._entries(row for row in self._sections if not row["show_in_menus"])

    @cached_property
    def sections(self) -> dict[str, Link]:
        """The sections by their slugs, each in this locale or in the one in which it exists."""
        return {row["slug"]: link_of(row) for row in self._sections}

    @cached_property
    def breadcrumb(self) -> list[Entry]:
        """The published pages above this one, home first."""
        if self.page is None or self.page.depth <= HOME_DEPTH:
            return []
        above = self.page.get_ancestors().live().filter(depth__gte=HOME_DEPTH).order_by("depth")
        return self._entries(above.values(*LINK_FIELDS, **TEXTS))

    @cached_property
    def _translations(self) -> dict[str, dict]:
        """The public pages of this work by language, each with its state."""
        if self.page is None:
            return {}
        rows = (
            public_pages()
            .filter(translation_key=self.page.translation_key)
            .values("url_path", "locale_id", "translation_basis__state")
        )
        return {language_of(row["locale_id"]): row for row in rows}

    @cached_property
    def languages(self) -> list[LanguageEntry]:
        """Every locale in which there is something to read, by its own name, in the fixed order."""
        shown = self._homes | self._translations.keys() | ({self.language} if self.page else set())
        return [
            self._language(code, name) for code, name in active_languages().items() if code in shown
        ]

    def _language(self, code: str, name: str) -> LanguageEntry:
        current = code == self.language
        if self.elsewhere:
            state = PublicState.ORIGINAL if code in self.elsewhere else PublicState.MISSING
            return LanguageEntry(code, name, self.elsewhere.get(code, f"/{code}/"), state, current)
        if self.page is None:
            path = f"/{code}/" + self.path.split("/", 2)[2] if self.path else f"/{code}/"
            return LanguageEntry(code, name, path, PublicState.LIVE, current)
        found = self._translations.get(code)
        if found is None and not current:
            return LanguageEntry(code, name, f"/{code}/", PublicState.MISSING)
        path = path_of(found["url_path"], code) if found else self.page.path_here
        state = (found or {}).get("translation_basis__state") or PublicState.ORIGINAL
        return LanguageEntry(code, name, path, state, current)

    @cached_property
    def alternates(self) -> list[dict]:
        """[{"language": "de", "url": "https://..."}]: this page and its public translations."""
        return [
            {"language": entry.code, "url": settings.SITE_URL + entry.path}
            for entry in self.languages
            if self.page is not None and not entry.is_missing
        ]

    @cached_property
    def notice(self) -> dict | None:
        """What the honest banner says of a translation that is overtaken or unfinished.

        {"state": "outdated", "since": datetime, "partial": False, "source": Link}; no link where
        the public may not read the source.
        """
        basis = self.page.basis if self.page else {}
        if basis.get("state") not in {PublicState.OUTDATED, PublicState.PARTIAL}:
            return None
        rows = public_pages().filter(pk=basis["source_id"]).values(*LINK_FIELDS, **TEXTS)
        return {
            "state": basis["state"],
            "since": basis["outdated_since"],
            "partial": bool(basis["untranslated"]),
            "source": next(map(link_of, rows), None),
        }

    @cached_property
    def record(self):
        """The project's key facts in this locale, else in their source's; None without any."""
        return project_record(self.locale_id)

    @cached_property
    def funding(self) -> str:
        """The funding statement of the programme period in the reader's language."""
        period = self.record.programme_period if self.record else "2014-2020"
        return funding_statement(period, self.language)


def project_record(locale_id: int):
    """The page that holds the project's key facts; settings name its model."""
    model = apps.get_model(settings.PROJECT_RECORD_MODEL)
    return model.objects.works(locale_id).defer_streamfields().first()
