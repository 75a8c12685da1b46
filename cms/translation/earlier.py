"""What a changed text said before, and how it was translated then."""

from difflib import SequenceMatcher

from wagtail_localize.models import StringTranslation

from cms.translation.segments import Piece, Segment, TranslatedTexts

ALIKE = 0.4
"""From which likeness on (0 to 1) a text counts as a changed one and not as another."""


def find_earlier(texts: TranslatedTexts) -> None:
    """Give each open segment the translated text that stood in its place before; one query."""
    open_ones = [segment for segment in texts.segments if segment.is_open]
    now = {(segment.string_id, segment.context_id) for segment in texts.segments}
    rows = StringTranslation.objects.filter(
        locale_id=texts.translation.target_locale_id,
        context_id__in={segment.context_id for segment in open_ones},
    ).select_related("translation_of", "last_translated_by")
    old: dict[int, list[StringTranslation]] = {}
    for row in rows.order_by("-updated_at"):
        if (row.translation_of_id, row.context_id) not in now:
            old.setdefault(row.context_id, []).append(row)
    for segment in open_ones:
        found = _closest(segment, old.get(segment.context_id, []))
        if found:
            source, text = found.translation_of.data, found.data
            segment.earlier = Piece(source, text, found.last_translated_by, found.updated_at)


def _closest(segment: Segment, rows: list[StringTranslation]) -> StringTranslation | None:
    """The most alike of the earlier texts; in a place of one text it may be quite another."""
    rated = [
        (SequenceMatcher(None, row.translation_of.data, segment.source).ratio(), row)
        for row in rows
    ]
    best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= ALIKE or (best[1] and segment.is_plain) else None
