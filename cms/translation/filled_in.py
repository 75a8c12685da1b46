"""A form of the translation editor as somebody has sent it: what can be stored is stored."""

from dataclasses import dataclass, field

from django.http import QueryDict
from wagtail_localize.models import Translation

from cms.translation import links, strings
from cms.translation.inline import from_field, in_field
from cms.translation.segments import LinkSegment, Segment, TranslatedTexts
from cms.translation.strings import BadText, Overtaken


@dataclass
class Unsaved:
    """A text as it was sent, and why it could not be stored; no error: nobody tried to."""

    value: str
    error: BadText | None = None


@dataclass
class FilledIn:
    """What a form says about the segments and links of a translation."""

    translation: Translation
    posted: QueryDict
    user: object
    stored: int = 0
    unsaved: dict[int, Unsaved] = field(default_factory=dict)
    bad_links: dict[int, Unsaved] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        return not self.unsaved and not self.bad_links

    def store(self) -> None:
        """Store all that differs from what the form showed; what is refused is kept aside."""
        texts = TranslatedTexts(self.translation)
        for segment in texts.segments:
            if self._says_more(segment):
                self._store(segment)
        for link in texts.links:
            self._store_link(link)

    def keep(self) -> None:
        """Store nothing, and keep aside what was written."""
        for segment in TranslatedTexts(self.translation).segments:
            if self._says_more(segment):
                self.unsaved[segment.id] = Unsaved(self._value(segment))

    def _value(self, segment: Segment) -> str:
        return self.posted.get(f"segment-{segment.id}", "").replace("\r\n", "\n")

    def _before(self, segment: Segment) -> str | None:
        known = self.posted.get(f"before-{segment.id}")
        return None if known is None else known.replace("\r\n", "\n")

    def _says_more(self, segment: Segment) -> bool:
        if f"segment-{segment.id}" not in self.posted:
            return False
        before = self._before(segment)
        shown = in_field(segment.is_plain, segment.text if before is None else before)
        return self._value(segment).strip() != shown.strip()

    def _store(self, segment: Segment) -> None:
        value, before = self._value(segment), self._before(segment)
        try:
            if value.strip():
                text = from_field(segment.is_plain, value)
                strings.store(self.translation, segment, text, self.user, before=before)
            else:
                strings.clear(self.translation, segment, self.user, before=before)
        except BadText as error:
            self.unsaved[segment.id] = Unsaved(value, error)
        else:
            self.stored += 1

    def _store_link(self, link: LinkSegment) -> None:
        value = self.posted.get(f"link-{link.id}")
        if value is None or value.strip() == link.address:
            return
        try:
            links.store(self.translation, link.context_id, value.strip(), self.user)
        except BadText as error:
            self.bad_links[link.id] = Unsaved(value, error)
        else:
            self.stored += 1

    def put_back(self, worksheet) -> None:
        """Show what was not stored in its fields, and why."""
        for line in worksheet.lines:
            unsaved = self.unsaved.get(line.segment.id)
            if unsaved is None:
                continue
            line.value = unsaved.value
            line.error = str(unsaved.error or "")
            line.seen = self._before(line.segment)
            if isinstance(unsaved.error, Overtaken):
                line.theirs, line.by = unsaved.error.theirs, unsaved.error.by
                line.seen = line.segment.text
