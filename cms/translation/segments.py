"""The segments of a translation as its editor, its files and its reviewers see them."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
)
from wagtail_localize.views.edit_translation import (
    FieldHasNoEditPanelError,
    TabHelper,
    get_segment_location_info,
)

from cms.translation.fingerprint import words
from cms.translation.models import Suggestion

PARTS = {
    "h2": gettext_lazy("Heading"),
    "h3": gettext_lazy("Small heading"),
    "li": gettext_lazy("List item"),
    "p": gettext_lazy("Paragraph"),
    "blockquote": gettext_lazy("Quote"),
}
"""What a piece of a rich text is, by the element that it stands in."""
TEXT = re.compile(r"<(/?)(\w+)([^>]*)>")
POSITION = re.compile(r'position="(\d+)"')


@dataclass(frozen=True)
class Piece:
    """A text that was translated once, and what from."""

    source: str
    text: str
    by: object = None
    at: datetime | None = None


@dataclass
class Segment:
    """A text to be translated, where it stands, and its translation of now.

    `source` and `text` are HTML of inline tags, links as <a id="a1">; `text` is "" where nobody
    has translated it. `limit` counts characters without markup, None where there is none.
    """

    id: int
    string_id: int
    context_id: int
    path: str
    order: int
    source: str
    label: str
    part: str = ""
    help: str = ""
    is_plain: bool = True
    limit: int | None = None
    attrs: str = ""
    text: str = ""
    by: object = None
    at: datetime | None = None
    tool: str = ""
    by_machine: bool = False
    error: str = ""
    suggestion: Suggestion | None = None
    earlier: Piece | None = None
    place: tuple = field(default=(), repr=False)

    @property
    def words(self) -> int:
        return words(self.source)

    @property
    def is_open(self) -> bool:
        return not self.text or bool(self.error)

    @property
    def state(self) -> str:
        """done, error, suggested (a machine's text waits), changed (its source did) or open."""
        if self.error:
            return "error"
        if self.text:
            return "done"
        if self.suggestion:
            return "suggested"
        return "changed" if self.earlier else "open"


class TranslatedTexts:
    """All segments of one translation, in the order of the page's editor; eight queries."""

    def __init__(self, translation: Translation):
        self.translation = translation
        self.source = translation.source

    @cached_property
    def page(self):
        """The source page with the text that was sent."""
        return self.source.as_instance()

    @cached_property
    def segments(self) -> list[Segment]:
        rows = StringSegment.objects.filter(source=self.source).select_related("string", "context")
        found = [made for row in rows.order_by("order") if (made := self._segment(row))]
        self._find_translations(found)
        found.sort(key=lambda segment: segment.place)
        return found

    def by_id(self, pk: int) -> Segment | None:
        """One of these segments; None for those of other translations."""
        return next((segment for segment in self.segments if segment.id == pk), None)

    @cached_property
    def _tabs(self) -> TabHelper:
        return TabHelper(self.page)

    @cached_property
    def _parts(self) -> dict[int, list[str]]:
        """{context: [the element of the first text of its template, ...]}"""
        rows = TemplateSegment.objects.filter(source=self.source).select_related("template")
        return {row.context_id: _elements(row.template.template) for row in rows}

    def _segment(self, row: StringSegment) -> Segment | None:
        context = row.context
        known = stand_of(self.page, self._tabs, context)
        if known is None:
            return None
        limit, is_plain = _rules(self.page, context.field_path)
        return Segment(
            id=row.pk,
            string_id=row.string_id,
            context_id=row.context_id,
            path=context.path,
            order=row.order,
            source=row.string.data,
            label=known.label,
            help=known.help,
            limit=limit,
            is_plain=is_plain,
            attrs=row.attrs,
            place=(known.order, row.order),
        )

    def _find_translations(self, segments: list[Segment]) -> None:
        made = StringTranslation.objects.filter(
            locale_id=self.translation.target_locale_id,
            context_id__in={segment.context_id for segment in segments},
        ).select_related("translation_of", "last_translated_by")
        by_place = {(row.translation_of_id, row.context_id): row for row in made}
        suggested = {
            (row.string_id, row.context_id): row
            for row in Suggestion.objects.filter(
                locale_id=self.translation.target_locale_id,
                context_id__in={segment.context_id for segment in segments},
            )
        }
        counts: dict[int, int] = {}
        for segment in segments:
            number = counts.get(segment.context_id, 0)
            counts[segment.context_id] = number + 1
            segment.part = self._part(segment, number)
            place = (segment.string_id, segment.context_id)
            segment.suggestion = suggested.get(place)
            _fill(segment, by_place.get(place))

    def _part(self, segment: Segment, number: int) -> str:
        parts = self._parts.get(segment.context_id, [])
        return str(PARTS.get(parts[number], "")) if number < len(parts) else ""

    @cached_property
    def links(self) -> list["LinkSegment"]:
        """The addresses in the text that may be others in this locale."""
        rows = OverridableSegment.objects.filter(source=self.source).select_related("context")
        own = SegmentOverride.objects.filter(
            locale_id=self.translation.target_locale_id,
            context_id__in=[row.context_id for row in rows],
        )
        known = {row.context_id: row.data for row in own}
        return [
            LinkSegment(row.pk, row.context_id, row.data, known.get(row.context_id, ""))
            for row in rows.order_by("order")
            if isinstance(row.data, str)
        ]


@dataclass(frozen=True)
class Stand:
    """Where in the page's editor a text stands."""

    label: str
    help: str
    order: int


def stand_of(page, tabs: TabHelper, context) -> Stand | None:
    """Where a text of this context stands; None where the editor does not show its field."""
    try:
        known = get_segment_location_info(page, tabs, context.path, context.get_field_path(page))
    except FieldHasNoEditPanelError:
        return None
    words = (known["field"], known["subField"])
    label = " · ".join(str(word) for word in words if word)
    return Stand(label, str(known["fieldHelpText"] or ""), known["order"])


@dataclass(frozen=True)
class LinkSegment:
    """An address in the source's text, and the one that replaces it in this locale or none."""

    id: int
    context_id: int
    source: str
    address: str


def _fill(segment: Segment, made: StringTranslation | None) -> None:
    if made:
        segment.text, segment.by, segment.at = made.data, made.last_translated_by, made.updated_at
        segment.tool = made.tool_name
        segment.by_machine = made.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        segment.error = made.get_error() or (_("This text is not valid.") if made.has_error else "")


def _elements(template: str) -> list[str]:
    """The names of the elements in which the texts of a template stand, by their position."""
    open_ones: list[str] = []
    found: list[str] = []
    for closing, name, attributes in TEXT.findall(template):
        if name == "text":
            if POSITION.search(attributes):
                block = next((one for one in reversed(open_ones) if one in PARTS), "p")
                found.append(block)
        elif closing:
            if name in open_ones:
                del open_ones[len(open_ones) - 1 - open_ones[::-1].index(name) :]
        elif name not in {"br", "hr", "img", "embed"}:
            open_ones.append(name)
    return found


def _rules(page, field_path: str) -> tuple[int | None, bool]:
    """How many characters a field holds (None: as many as wanted), and whether it is plain."""
    name, *parts = field_path.split(".")
    known = page._meta.get_field(name)
    if isinstance(known, StreamField):
        return _rules_of_block(known.stream_block, parts)
    if hasattr(known, "related_model") and known.related_model and parts:
        return _rules(known.related_model, ".".join(parts))
    return getattr(known, "max_length", None), not isinstance(known, RichTextField)


def _rules_of_block(block, parts: list[str]) -> tuple[int | None, bool]:
    for name in parts:
        block = block.child_block if hasattr(block, "child_block") else block.child_blocks[name]
    while hasattr(block, "child_block"):
        block = block.child_block
    limit = getattr(getattr(block, "field", None), "max_length", None)
    return limit, not isinstance(block, RichTextBlock)
