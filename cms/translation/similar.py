"""What was translated elsewhere into the same locale and helps with an open text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail_localize.models import StringTranslation

from cms.translation.inline import fitting, likeness, words_of
from cms.translation.segments import Segment, TranslatedTexts

KNOWN = 3000
"""How many texts are looked through: the latest ones."""
SEGMENTS = 300
"""How many open texts of a page are looked up; a longer one goes on when these are done."""
CANDIDATES = 6
"""How many texts that share most words are compared word by word."""
OFFERED = 3
ALIKE = 0.6
"""From which likeness on (0 to 1) a text is offered."""
FULL = 100


@dataclass(frozen=True)
class Remembered:
    """A translation made elsewhere, and how alike its source is, in per cent."""

    source: str
    text: str
    likeness: int


def remembered(texts: TranslatedTexts) -> dict[int, list[Remembered]]:
    """{segment's id: [the most alike first]} for the open segments; two queries in all."""
    wanted = [segment for segment in texts.segments if segment.is_open][:SEGMENTS]
    if not wanted:
        return {}
    rows = _memory(texts)
    same = rows.filter(translation_of_id__in={segment.string_id for segment in wanted})
    known = dict.fromkeys([*_pairs(same[:KNOWN]), *_pairs(rows[:KNOWN])])
    index = _Index(known)
    return {segment.id: found for segment in wanted if (found := index.offers(segment))}


def _memory(texts: TranslatedTexts) -> QuerySet:
    return StringTranslation.objects.filter(
        locale_id=texts.translation.target_locale_id,
        translation_of__locale_id=texts.source.locale_id,
        has_error=False,
    ).order_by("-updated_at", "-pk")


def _pairs(rows: QuerySet) -> Iterable[tuple[str, str]]:
    return rows.values_list("translation_of__data", "data")


class _Index:
    """Translated texts by the words of their sources."""

    def __init__(self, pairs: Iterable[tuple[str, str]]):
        self.texts: dict[str, list[str]] = {}
        for source, text in pairs:
            self.texts.setdefault(source, []).append(text)
        self.words: dict[str, list[str]] = {}
        self.sizes: dict[str, int] = {}
        for source in self.texts:
            words = set(words_of(source))
            self.sizes[source] = len(words)
            for word in words:
                self.words.setdefault(word, []).append(source)

    def offers(self, segment: Segment) -> list[Remembered]:
        found: dict[str, Remembered] = {}
        for source in self._candidates(segment.source):
            alike = FULL if source == segment.source else _per_cent(segment.source, source)
            for text in self.texts[source] if alike >= FULL * ALIKE else []:
                fitted = fitting(segment, text)
                made = Remembered(source, fitted, alike)
                if fitted not in found or found[fitted].likeness < alike:
                    found[fitted] = made
        best = sorted(found.values(), key=lambda one: -one.likeness)
        return [one for one in best if one.text != segment.text][:OFFERED]

    def _candidates(self, source: str) -> list[str]:
        words = set(words_of(source))
        shared = Counter(known for word in words for known in self.words.get(word, []))
        rated = {
            known: 2 * count / (len(words) + self.sizes[known]) for known, count in shared.items()
        }
        close = [known for known, rate in rated.items() if rate >= ALIKE - 0.1]
        close.sort(key=lambda known: -rated[known])
        exact = [source] if source in self.texts else []
        return [*exact, *(known for known in close[:CANDIDATES] if known != source)]


def _per_cent(one: str, other: str) -> int:
    """Not all of them, as the texts differ, be it only in markup or case."""
    return min(round(FULL * likeness(one, other)), FULL - 1)
