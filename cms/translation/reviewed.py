"""What a reviewer reads: the texts of exactly the version under review, beside their sources."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation, TranslationContext
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.views.edit_translation import TabHelper

from cms.translation.extraction import segments_of
from cms.translation.fingerprint import text_hash
from cms.translation.inline import marked
from cms.translation.models import DraftBasis, SegmentComment
from cms.translation.segments import LinkSegment, Segment, TranslatedTexts, stand_of
from cms.translation.state import snapshot_of
from cms.translation.worksheet import attach_comments


@dataclass
class ReviewedLine:
    """A text of the version under review. `source` is "" where nobody knows it any more.

    `live` is what the public reads in its place, None where that is nothing or the same.
    """

    key: str
    context_id: int
    label: str
    part: str
    source: str
    text: str
    is_missing: bool = False
    live: str | None = None
    comments: list[SegmentComment] = field(default_factory=list)
    order: tuple = field(default=(), repr=False)

    @property
    def changes(self) -> tuple[str, str] | None:
        return None if self.live is None else marked(self.live, self.text)

    @property
    def open_comments(self) -> int:
        return sum(comment.settled_at is None for comment in self.comments)


def texts_of(page: Page) -> Iterator[tuple[str, str]]:
    """(path, text) of each text of a page, in the order of its fields."""
    for segment in segments_of(page):
        if isinstance(segment, StringSegmentValue):
            yield segment.path, segment.string.data


class ReviewSheet:
    """The texts of one version of a translation."""

    def __init__(self, translation: Translation, revision: Revision):
        self.translation = translation
        self.revision = revision
        self.page = revision.as_object()
        self.texts = TranslatedTexts(translation)
        self.basis = DraftBasis.objects.filter(revision=revision).first()
        self.fallbacks = self.basis.fallbacks if self.basis else {}

    @cached_property
    def lines(self) -> list[ReviewedLine]:
        lines = sorted(self._lines(), key=lambda line: line.order)
        self._find_live(lines)
        attach_comments(self.translation, lines)
        return lines

    @property
    def links(self) -> list[LinkSegment]:
        return [link for link in self.texts.links if link.address]

    @property
    def missing(self) -> int:
        return sum(line.is_missing for line in self.lines)

    def by_key(self, key: str) -> ReviewedLine | None:
        return next((line for line in self.lines if line.key == key), None)

    @cached_property
    def is_of_this_source(self) -> bool:
        """Whether the version was made from the text that translators have of the source now."""
        return not self.basis or self.basis.segments == snapshot_of(self.translation.source)

    def _lines(self) -> Iterator[ReviewedLine]:
        key = self.translation.source.object_id
        contexts = {row.path: row for row in TranslationContext.objects.filter(object_id=key)}
        tabs, numbers = TabHelper(self.page), Counter()
        for order, (path, text) in enumerate(texts_of(self.page)):
            number, context = numbers[path], contexts.get(path)
            numbers[path] += 1
            stand = stand_of(self.page, tabs, context) if context else None
            if context and stand:
                here = self._segments.get((path, number))
                yield ReviewedLine(
                    key=f"{context.pk}-{number}",
                    context_id=context.pk,
                    label=stand.label,
                    part=here.part if here else "",
                    source=self._source(here, context, text),
                    text=text,
                    is_missing=self._is_missing(path, text),
                    order=(stand.order, order),
                )

    @cached_property
    def _segments(self) -> dict[tuple[str, int], Segment]:
        """The segments as translators have them now, by path and number."""
        found, numbers = {}, Counter()
        for segment in sorted(self.texts.segments, key=lambda one: one.order):
            found[segment.path, numbers[segment.path]] = segment
            numbers[segment.path] += 1
        return found

    def _source(self, here: Segment | None, context, text: str) -> str:
        """By its place; where the source has changed since, by what it is a translation of."""
        if self.is_of_this_source and here:
            return here.source
        if self._is_missing(context.path, text):
            return text
        return self._made_from.get((context.pk, text), "")

    @cached_property
    def _made_from(self) -> dict[tuple[int, str], str]:
        rows = StringTranslation.objects.filter(
            locale_id=self.translation.target_locale_id,
            context__object_id=self.translation.source.object_id,
        )
        known = rows.values_list("context_id", "data", "translation_of__data")
        return {(context_id, text): source for context_id, text, source in known}

    def _is_missing(self, path: str, text: str) -> bool:
        return text_hash(text) in self.fallbacks.get(path, {})

    def _find_live(self, lines: list[ReviewedLine]) -> None:
        page = Page.objects.get(pk=self.page.pk)
        if not page.live:
            return
        paths = TranslationContext.objects.filter(pk__in={line.context_id for line in lines})
        names = dict(paths.values_list("path", "pk"))
        live: dict[int, list[str]] = {}
        for path, text in texts_of(page.specific):
            live.setdefault(names.get(path, 0), []).append(text)
        for line in lines:
            known = live.get(line.context_id, [])
            line.live = None if line.text in known else _closest(line.text, known)


def _closest(text: str, known: list[str]) -> str:
    """The text that stood there until now; "" where there was none."""
    return max(known, key=lambda one: SequenceMatcher(None, one, text).ratio(), default="")
