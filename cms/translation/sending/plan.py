"""What would be sent: which pages, into which locales, and how much there is to translate."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation

from cms.editorial.rule import BIN_PATH, in_bin
from cms.models.locales import active_languages
from cms.translation.fingerprint import Fingerprint, fingerprint, size, text_hash, texts_of
from cms.translation.models import SourceText
from cms.translation.sending.parcel import (
    BY_HAND,
    FROM_A_TRANSLATION,
    IN_BIN,
    NOT_ALLOWED,
    NOT_PUBLISHED,
    STOPPED,
    may_send,
)

PARTS = 100
"""Subtrees that one query asks for; a longer condition is too deep for SQLite."""


@dataclass
class Share:
    """What one locale would get: new pages, those above them, and what has changed in others."""

    locale: Locale
    name: str
    new: list[Page] = field(default_factory=list)
    above: list[Page] = field(default_factory=list)
    known: list[Page] = field(default_factory=list)
    segments: int = 0
    words: int = 0

    @property
    def pages(self) -> list[Page]:
        """In the order in which they are sent: what stands above comes first."""
        return sorted([*self.above, *self.new, *self.known], key=lambda page: page.path)


@dataclass(frozen=True)
class Refusal:
    page: Page
    reason: object
    locale: str = ""

    @property
    def title(self) -> str:
        """A page that somebody may not send may be one that they cannot even read."""
        title = self.page.get_admin_display_title()
        return str(self.page.pk) if self.reason == NOT_ALLOWED else title


class Plan:
    """The sending of some pages, with all below them if wished, as it would be now.

    `ahead`: the drafts of pages, ahead of their publication, and not the text as published.
    The number of queries does not depend on the number of pages, drafts sent ahead excepted.
    """

    def __init__(self, page_ids: Iterable[int], user, below: bool = False, ahead: bool = False):
        self.user = user
        self.ahead = ahead
        self.refused: list[Refusal] = []
        self.wanted = _pages(list(page_ids), below)
        self.translations, self.places = _works(self.wanted)
        self.pages = [page for page in self.wanted if self._may(page)]

    def _may(self, page: Page) -> bool:
        if (page.translation_key, page.locale_id) in self.translations:
            reason = FROM_A_TRANSLATION
        elif not may_send(page, self.user):
            reason = NOT_ALLOWED
        elif not (page.live or self.ahead):
            reason = NOT_PUBLISHED
        else:
            return True
        self.refused.append(Refusal(page, reason))
        return False

    @cached_property
    def shares(self) -> list[Share]:
        """One for each locale into which any of the pages can be sent, in their usual order."""
        by_code = {locale.language_code: locale for locale in Locale.objects.all()}
        found = [
            self._share(Share(by_code[code], name))
            for code, name in active_languages().items()
            if any(page.locale_id != by_code[code].pk for page in self.pages)
        ]
        return found if self.pages else []

    def _share(self, share: Share) -> Share:
        missing_above: dict[int, Page] = {}
        for page in self.pages:
            if page.locale_id == share.locale.pk:
                continue
            place = (page.translation_key, share.locale.pk)
            reason = self._why_not(place)
            if reason:
                self.refused.append(Refusal(page, reason, share.name))
            elif place in self.places:
                share.known.append(page)
                self._add(share, size(self._changed(page)))
            else:
                share.new.append(page)
                self._add(share, size(self.texts[page.pk]))
                missing_above |= {above.pk: above for above in self._missing_above(page, share)}
        share.above = list(missing_above.values())
        for page in share.above:
            self._add(share, size(self.texts_above[page.pk]))
        return share

    def _add(self, share: Share, numbers: tuple[int, int]) -> None:
        share.segments += numbers[0]
        share.words += numbers[1]

    def _why_not(self, place: tuple):
        """The reason why what stands in a locale already is left alone; none for most."""
        if place not in self.places:
            return None
        if self.places[place].startswith(BIN_PATH):
            return IN_BIN
        if place not in self.translations:
            return BY_HAND
        return None if self.translations[place] else STOPPED

    def _changed(self, page: Page) -> Fingerprint:
        """The texts of a page that its translators do not have yet."""
        before = self.snapshots.get(page.translation_key, {})
        now = texts_of(self.texts[page.pk])
        return {
            path: {key: words for key, words in texts.items() if (path, key) not in before}
            for path, texts in now.items()
        }

    @cached_property
    def texts(self) -> dict[int, Fingerprint]:
        return _texts(self.pages, self.ahead)

    @cached_property
    def snapshots(self) -> dict[object, set]:
        """{translation key: {(path, hash of a text), ...}} as translators have them."""
        keys = {key for key, _locale in self.translations}
        rows = StringSegment.objects.filter(source__object_id__in=keys).values_list(
            "source__object_id", "context__path", "string__data"
        )
        found: dict[object, set] = defaultdict(set)
        for key, path, text in rows:
            found[key].add((path, text_hash(text)))
        return found

    @cached_property
    def _above(self) -> dict[str, Page]:
        """{path in the tree: the page} of all that stand above the pages, homes included."""
        paths = {
            page.path[: depth * Page.steplen]
            for page in self.pages
            for depth in range(2, page.depth)
        }
        chosen = {page.path for page in self.pages}
        return {page.path: page for page in Page.objects.filter(path__in=paths - chosen)}

    @cached_property
    def _works_above(self) -> tuple[dict, dict]:
        return _works(self._above.values())

    @cached_property
    def texts_above(self) -> dict[int, Fingerprint]:
        return _texts(list(self._above.values()), self.ahead)

    def _missing_above(self, page: Page, share: Share) -> Iterable[Page]:
        """Sources that stand above a page and have no translation in the locale yet."""
        translations, places = self._works_above
        for depth in range(2, page.depth):
            above = self._above.get(page.path[: depth * Page.steplen])
            if above is None or (above.translation_key, above.locale_id) in translations:
                continue
            if (above.translation_key, share.locale.pk) not in places:
                yield above

    def items(self, languages: Iterable[str]) -> list[tuple[Page, Locale]]:
        """What is sent into these locales: page by page, what stands above others first."""
        chosen = set(languages)
        pairs = [
            (page, share.locale)
            for share in self.shares
            if share.locale.language_code in chosen
            for page in share.pages
        ]
        return sorted(pairs, key=lambda pair: pair[0].path)


def _pages(ids: list[int], below: bool) -> list[Page]:
    chosen = [page for page in Page.objects.filter(pk__in=ids, depth__gt=1) if not in_bin(page)]
    found = {page.pk: page for page in chosen}
    paths = [page.path for page in chosen] if below else []
    for start in range(0, len(paths), PARTS):
        condition = Q()
        for path in paths[start : start + PARTS]:
            condition |= Q(path__startswith=path)
        found |= {page.pk: page for page in Page.objects.filter(condition)}
    return sorted(found.values(), key=lambda page: page.path)


def _works(pages: Iterable[Page]) -> tuple[dict, dict]:
    """Of the works of these pages, by translation key and locale:

    whether a translation is going on, and the place in the tree of what stands there.
    """
    keys = {page.translation_key for page in pages}
    begun = Translation.objects.filter(source__object_id__in=keys)
    translations = {
        (key, locale_id): enabled
        for key, locale_id, enabled in begun.values_list(
            "source__object_id", "target_locale_id", "enabled"
        )
    }
    standing = Page.objects.filter(translation_key__in=keys)
    places = {
        (key, locale_id): path
        for key, locale_id, path in standing.values_list("translation_key", "locale_id", "url_path")
    }
    return translations, places


def _texts(pages: list[Page], ahead: bool) -> dict[int, Fingerprint]:
    """The text that would be sent of each page: as kept when it was published, or its draft."""
    kept = SourceText.objects.filter(page_id__in=[page.pk for page in pages])
    found = dict(kept.values_list("page_id", "segments"))
    for page in pages:
        if ahead and page.latest_revision_id and page.latest_revision_id != page.live_revision_id:
            found[page.pk] = fingerprint(page.latest_revision.as_object())
        elif page.pk not in found:
            found[page.pk] = fingerprint(page.specific)
    return found
