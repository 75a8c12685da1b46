"""What was translated before, offered for what is still open.

The memory is all texts that were stored for a locale, and those that were imported into it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from html import unescape

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringTranslation

from cms.translation.inline import fitting
from cms.translation.models import ImportedText
from cms.translation.segments import Segment, TranslatedTexts

ALIKE = 70
"""From how many per cent of likeness on a text of the memory is offered."""
FULL = 100
"""The likeness of a text to itself."""
OFFERED = 3
"""How many texts are offered for a segment."""
LOOKED_AT = 20_000
"""How many texts of the memory are looked at, the newest first."""
RAREST = 8
"""How many words of a segment are looked up: those that the fewest texts have."""
COMPARED = 6
"""How many of them are compared letter by letter with one segment."""
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Match:
    """A text of the memory: what it translates, how alike that is (100: the same), where from."""

    source: str
    text: str
    likeness: int
    origin: str


def suggestions(
    texts: TranslatedTexts, segments: Iterable[Segment] | None = None
) -> dict[int, list[Match]]:
    """{12: [Match, ...]}: the best texts for these segments, for all open ones if none are named.

    Each text is one that its segment may hold. Three queries beside those of `texts`.
    """
    wanted = [one for one in texts.segments if one.is_open] if segments is None else list(segments)
    if not wanted:
        return {}
    likeness = _alike(texts, wanted)
    known = _translations(texts, {pk for found in likeness.values() for pk in found})
    matches = {
        segment.id: _matches(texts, segment, likeness[segment.id], known) for segment in wanted
    }
    return {pk: found for pk, found in matches.items() if found}


def bare(html: str) -> str:
    """A text without its markup, white space as one space."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def _alike(texts: TranslatedTexts, segments: list[Segment]) -> dict[int, dict[int, int]]:
    """{segment: {string: likeness in per cent}}, the same text and those that are like it."""
    strings = _strings(texts)
    by_word: dict[str, list[int]] = defaultdict(list)
    for pk, text in strings.items():
        for word in set(_words(text)):
            by_word[word].append(pk)
    return {
        segment.id: {segment.string_id: FULL} | _closest(segment, strings, by_word)
        for segment in segments
    }


def _strings(texts: TranslatedTexts) -> dict[int, str]:
    """The texts of the source's language that were translated into this locale; one query."""
    locale_id = texts.translation.target_locale_id
    made = StringTranslation.objects.filter(
        translation_of_id=OuterRef("pk"), locale_id=locale_id, has_error=False
    )
    imported = ImportedText.objects.filter(string_id=OuterRef("pk"), locale_id=locale_id)
    known = Q(Exists(made)) | Q(Exists(imported))
    rows = String.objects.filter(known, locale_id=texts.source.locale_id)
    newest = rows.order_by("-pk").values_list("pk", "data")[:LOOKED_AT]
    return {pk: bare(data) for pk, data in newest}


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _closest(segment: Segment, strings: dict[int, str], by_word: dict) -> dict[int, int]:
    """The strings most like a segment's; those with few of its words are not compared at all."""
    text = bare(segment.source)
    known = {word for word in _words(text) if word in by_word}
    rarest = sorted(known, key=lambda word: len(by_word[word]))[:RAREST]
    shared = Counter(pk for word in rarest for pk in by_word[word])
    shared.pop(segment.string_id, None)
    rated = ((count / (len(text) + len(strings[pk])), pk) for pk, count in shared.items())
    best = [pk for _rate, pk in nlargest(COMPARED, rated)]
    found = {pk: _likeness(text, strings[pk]) for pk in best}
    return {pk: value for pk, value in found.items() if value >= ALIKE}


def _likeness(one: str, other: str) -> int:
    """In per cent; 99 at most, for another text is never the same."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    least = ALIKE / FULL
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0
    return min(int(matcher.ratio() * FULL), FULL - 1)


@dataclass(frozen=True)
class _Known:
    """A translation of the memory, and where it stands: a place, or None where it was imported."""

    source: str
    text: str
    place: tuple[int, int] | None
    origin: str


def _translations(texts: TranslatedTexts, strings: set[int]) -> dict[int, list[_Known]]:
    """{string: its translations, the newest first}; two queries."""
    locale_id = texts.translation.target_locale_id
    made = StringTranslation.objects.filter(
        locale_id=locale_id, translation_of_id__in=strings, has_error=False
    ).select_related("translation_of", "context")
    found: dict[int, list[_Known]] = defaultdict(list)
    for row in made.order_by("-updated_at", "-pk"):
        place = (row.translation_of_id, row.context_id)
        known = _Known(row.translation_of.data, row.data, place, _origin(row, texts))
        found[row.translation_of_id].append(known)
    imported = ImportedText.objects.filter(locale_id=locale_id, string_id__in=strings)
    for other in imported.select_related("string"):
        known = _Known(other.string.data, other.text, None, _("imported memory"))
        found[other.string_id].append(known)
    return found


def _matches(texts, segment: Segment, likeness: dict[int, int], known: dict) -> list[Match]:
    found: dict[str, Match] = {}
    for pk, value in sorted(likeness.items(), key=lambda pair: -pair[1]):
        for one in known.get(pk, []):
            if one.place == (segment.string_id, segment.context_id):
                continue
            text = fitting(segment, one.text)
            if text and text != segment.text and text not in found:
                found[text] = Match(one.source, text, value, one.origin)
    return list(found.values())[:OFFERED]


def _origin(row: StringTranslation, texts: TranslatedTexts) -> str:
    if row.context is None:
        return _("earlier page")
    same = row.context.object_id == texts.source.object_id
    return _("this page") if same else _("another page")
