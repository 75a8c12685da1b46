"""What goes into a file for translators: the texts, and all that helps to understand them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translation.earlier import find_earlier
from cms.translation.fingerprint import text_hash
from cms.translation.glossary import Glossary
from cms.translation.models import Assignment, SegmentComment
from cms.translation.segments import Segment, TranslatedTexts


@dataclass(frozen=True)
class Note:
    """Something to know about a text; `kind` is "field", "limit", "glossary" or "reviewer"."""

    kind: str
    text: str


@dataclass
class Unit:
    """A text that a file holds, by a key that stays the same as long as the text does."""

    key: str
    segment: Segment
    notes: list[Note] = field(default_factory=list)
    is_final: bool = False


@dataclass
class Outgoing:
    """One translation as a file tells it. `fingerprint` stands for all texts that were sent."""

    translation: Translation
    title: str
    slug: str
    url: str
    fingerprint: str
    made_at: datetime
    units: list[Unit]

    @property
    def language(self) -> str:
        return self.translation.target_locale.language_code

    @property
    def source_language(self) -> str:
        return self.translation.source.locale.language_code


def key_of(path: str, source: str) -> str:
    """32 hexadecimal digits for a text in its place."""
    return text_hash([path, source])


def by_key(segments: list[Segment]) -> dict[str, Segment]:
    """Segments by their keys; the same text twice in one place is one."""
    found: dict[str, Segment] = {}
    for segment in segments:
        found.setdefault(key_of(segment.path, segment.source), segment)
    return found


def snapshot(segments: dict[str, Segment]) -> str:
    """32 hexadecimal digits for all texts of a source together."""
    return text_hash(sorted(segments))


def gather(translation: Translation, only_open: bool = False) -> Outgoing:
    """Everything that a file says of a translation; of all its texts or of the open ones."""
    texts = TranslatedTexts(translation)
    find_earlier(texts)
    segments = by_key(texts.segments)
    reviewed_at = _reviewed_at(translation)
    notes = _Notes(texts)
    return Outgoing(
        translation=translation,
        title=str(texts.page),
        slug=texts.page.slug,
        url=_address(texts.page),
        fingerprint=snapshot(segments),
        made_at=timezone.now(),
        units=[
            Unit(key, segment, notes.of(segment), _is_final(segment, reviewed_at))
            for key, segment in segments.items()
            if segment.is_open or not only_open
        ],
    )


def _address(page) -> str:
    """Where the public reads the source; "" where it cannot."""
    found = Page.objects.filter(pk=page.pk, live=True).first()
    return (found.specific.full_url or "") if found else ""


def _reviewed_at(translation: Translation) -> datetime | None:
    found = Assignment.objects.filter(translation=translation).values_list("reviewed_at").first()
    return found[0] if found else None


def _is_final(segment: Segment, reviewed_at: datetime | None) -> bool:
    return bool(reviewed_at and segment.at and segment.at <= reviewed_at)


class _Notes:
    """Notes for all segments of a translation; two queries."""

    def __init__(self, texts: TranslatedTexts):
        self.glossary = Glossary.of(texts.translation)
        self.comments: dict[tuple[int, str], list[str]] = {}
        rows = SegmentComment.objects.filter(
            locale_id=texts.translation.target_locale_id,
            context_id__in={segment.context_id for segment in texts.segments},
            settled_at=None,
        )
        for row in rows:
            self.comments.setdefault((row.context_id, row.source_text), []).append(row.text)

    def of(self, segment: Segment) -> list[Note]:
        found = [Note("field", segment.help)] if segment.help else []
        if segment.limit:
            told = _("At most %(limit)s characters.") % {"limit": segment.limit}
            found.append(Note("limit", told))
        for term in self.glossary.hits(segment.source):
            found.append(Note("glossary", _told(term)))
        said = self.comments.get((segment.context_id, segment.source), [])
        return found + [Note("reviewer", text) for text in said]


def _told(term) -> str:
    told = f"{term.term} → {term.translation}"
    return f"{told} ({term.note})" if term.note else told
