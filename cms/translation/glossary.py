"""Terms of the project in a text, and whether its translation uses the agreed words.

Words are compared without capitals and accents, and by their beginnings: endings of up to three
letters count as inflection ("Teilhabe", "Teilhaben"). Nothing is ever blocked.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from cms.translation.memory import bare
from cms.translation.models import GlossaryTerm
from cms.translation.segments import Segment

WORD = re.compile(r"\w+")
ENDING = 3
"""Letters at the end of a word that may differ."""
STEM = 4
"""Letters at the beginning of a word that must not."""


@dataclass(frozen=True)
class Glossary:
    """The terms of one pair of locales."""

    terms: tuple[GlossaryTerm, ...]

    @classmethod
    def of(cls, translation: Translation) -> "Glossary":
        """The terms for a translation; one query."""
        terms = GlossaryTerm.objects.filter(
            source_locale_id=translation.source.locale_id,
            target_locale_id=translation.target_locale_id,
        )
        return cls(tuple(terms))

    def hits(self, source_text: str) -> list[GlossaryTerm]:
        """The terms that stand in a text of the source, with or without markup."""
        words = words_of(source_text)
        return [term for term in self.terms if holds(words, term.term)]

    def warnings(self, segment: Segment, text: str) -> list[str]:
        """What a translation of this segment should say otherwise, as sentences."""
        words = words_of(text)
        return [
            _("“%(term)s” should be “%(translation)s” here.")
            % {"term": term.term, "translation": term.translation}
            for term in self.hits(segment.source)
            if text and not holds(words, term.translation)
        ]


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    plain = unicodedata.normalize("NFKD", bare(text).casefold())
    return WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def holds(words: list[str], term: str) -> bool:
    """Whether the words of a term stand beside each other somewhere."""
    wanted = words_of(term)
    if not wanted:
        return False
    starts = range(len(words) - len(wanted) + 1)
    return any(all(map(_same, words[start:], wanted)) for start in starts)


def _same(word: str, wanted: str) -> bool:
    if word == wanted:
        return True
    shared = next(
        (n for n, pair in enumerate(zip(word, wanted, strict=False)) if pair[0] != pair[1]), None
    )
    shared = min(len(word), len(wanted)) if shared is None else shared
    return shared >= STEM and max(len(word), len(wanted)) - shared <= ENDING
