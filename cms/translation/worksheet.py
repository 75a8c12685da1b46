"""What the translation editor shows of each segment: its text, and all that helps with it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translation.earlier import find_earlier
from cms.translation.glossary import Glossary
from cms.translation.inline import attributes_of, fitting, in_field, links_of, marked
from cms.translation.memory import suggestions
from cms.translation.models import GlossaryTerm, SegmentComment, SegmentVersion
from cms.translation.segments import LinkSegment, Segment, TranslatedTexts

FILTERS = ["all", "open", "changed", "commented"]


@dataclass(frozen=True)
class Offer:
    """A text that may be taken as it is; `key` names it among those of its segment."""

    key: str
    label: str
    text: str
    source: str = ""
    likeness: int = 100


@dataclass
class Line:
    """A segment in the editor. `value` stands in its field, `before` is what was stored then."""

    segment: Segment
    value: str = ""
    error: str = ""
    theirs: str | None = None
    seen: str | None = None
    links: dict[str, str] = field(default_factory=dict)
    by: object = None
    offers: list[Offer] = field(default_factory=list)
    terms: list[GlossaryTerm] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    comments: list[SegmentComment] = field(default_factory=list)
    versions: list[SegmentVersion] | None = None

    @property
    def key(self) -> str:
        return str(self.segment.id)

    @property
    def context_id(self) -> int:
        return self.segment.context_id

    @property
    def source(self) -> str:
        return self.segment.source

    @property
    def before(self) -> str:
        return self.segment.text

    @property
    def is_unsaved(self) -> bool:
        return self.value != in_field(self.segment.is_plain, self.segment.text)

    @property
    def links_json(self) -> str:
        return json.dumps(self.links)

    @property
    def before_sent(self) -> str:
        """What the form goes on from: another one's newer text once it was shown beside."""
        return self.segment.text if self.seen is None else self.seen

    @property
    def changes(self) -> tuple[str, str] | None:
        """The old and the new source with what differs marked; None where nothing was before."""
        earlier = self.segment.earlier
        return marked(earlier.source, self.segment.source) if earlier else None

    @property
    def open_comments(self) -> int:
        return sum(comment.settled_at is None for comment in self.comments)

    def is_shown(self, show: str) -> bool:
        wanted = {
            "open": self.segment.is_open,
            "changed": self.segment.earlier is not None,
            "commented": bool(self.open_comments),
        }
        return bool(self.error) or self.is_unsaved or wanted.get(show, True)

    def offer(self, key: str) -> Offer | None:
        return next((offer for offer in self.offers if offer.key == key), None)


class Worksheet:
    """A translation as its editor shows it; some fourteen queries, however long the page is."""

    def __init__(self, translation: Translation):
        self.translation = translation
        self.texts = TranslatedTexts(translation)

    @cached_property
    def lines(self) -> list[Line]:
        find_earlier(self.texts)
        memory = suggestions(self.texts)
        glossary = Glossary.of(self.translation)
        lines = [
            Line(segment, in_field(segment.is_plain, segment.text), segment.error)
            for segment in self.texts.segments
        ]
        titles = _titles(self.texts.segments)
        for line in lines:
            line.links = links_of(line.segment, titles)
            line.offers = list(_offers(line.segment, memory.get(line.segment.id, [])))
            line.terms = glossary.hits(line.source)
            line.warnings = glossary.warnings(line.segment, line.before)
        attach_comments(self.translation, lines)
        return lines

    @property
    def links(self) -> list[LinkSegment]:
        return self.texts.links

    def by_key(self, key: str) -> Line | None:
        return next((line for line in self.lines if line.key == key), None)

    @property
    def words(self) -> int:
        return sum(line.segment.words for line in self.lines)

    @property
    def open_words(self) -> int:
        return sum(line.segment.words for line in self.lines if line.segment.is_open)

    @property
    def done_words(self) -> int:
        return self.words - self.open_words

    @property
    def missing(self) -> int:
        """How many texts would stand in the language of the source."""
        return sum(line.segment.is_open for line in self.lines)


def _titles(segments: list[Segment]) -> dict[str, str]:
    """The titles of the pages that are linked to, by their ids."""
    every = (link for segment in segments for link in attributes_of(segment).values())
    ids = {link["id"] for link in every if link.get("linktype") == "page" and "id" in link}
    pages = Page.objects.live().filter(pk__in=[pk for pk in ids if pk.isdecimal()])
    return {str(pk): title for pk, title in pages.values_list("pk", "title")}


def _offers(segment: Segment, memory: Iterable) -> Iterable[Offer]:
    if segment.suggestion and segment.is_open:
        text = fitting(segment, segment.suggestion.text)
        yield Offer("machine", _("Machine translation"), text)
    earlier = fitting(segment, segment.earlier.text) if segment.earlier else ""
    if segment.earlier:
        yield Offer("earlier", _("The translation until now"), earlier, segment.earlier.source)
    for number, known in enumerate(memory):
        if known.text != earlier:
            label = _("From the memory: %(origin)s") % {"origin": known.origin}
            yield Offer(f"m{number}", label, known.text, known.source, known.likeness)


def attach_comments(translation: Translation, lines: list) -> None:
    """Give each line the comments on it; what was said of a text that changed since stays."""
    rows = SegmentComment.objects.filter(
        locale_id=translation.target_locale_id, context_id__in={line.context_id for line in lines}
    ).select_related("made_by", "settled_by")
    by_place = {(line.context_id, line.source): line for line in reversed(lines)}
    by_context = {line.context_id: line for line in reversed(lines)}
    earlier = {
        (line.context_id, line.segment.earlier.source): line
        for line in lines
        if getattr(line, "segment", None) and line.segment.earlier
    }
    for comment in rows:
        place = (comment.context_id, comment.source_text)
        line = by_place.get(place) or earlier.get(place) or by_context[comment.context_id]
        line.comments.append(comment)


def versions_of(translation: Translation, segment: Segment) -> list[SegmentVersion]:
    """What stood in a segment, the latest first, also for the source text before this one."""
    strings = SegmentVersion.objects.filter(
        locale_id=translation.target_locale_id,
        context_id=segment.context_id,
        string_id=segment.string_id,
    )
    return list(strings.select_related("made_by"))
