"""What a page's text consists of: each segment with a hash of it and its number of words.

Words are counted in the text without markup, split at white space.
"""

from decimal import Decimal
from functools import lru_cache

from bs4 import BeautifulSoup
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue

from cms.models.texts import text_hash
from cms.translation.extraction import segments_of


@lru_cache(maxsize=8192)
def words(html: str) -> int:
    """The number of words of a text with or without markup."""
    if "<" not in html and "&" not in html:
        return len(html.split())
    return len(BeautifulSoup(html, "lxml").get_text(" ").split())


Fingerprint = dict[str, dict[str, int]]


def fingerprint(page) -> Fingerprint:
    """{"title": {"9f...": 3}, "body.<uuid>": {"1c...": 12, "77...": 4}, "=image": {"ab...": 0}}

    Each path of wagtail-localize with the hashes of its texts and their words; what is kept the
    same in all locales stands under "=" and its field's name, with 0 words.
    """
    found = _texts(page)
    for field in get_translatable_fields(type(page)):
        value = _shared(page, field)
        if value is not None:
            found[f"={field.field_name}"] = {text_hash(value): 0}
    return found


def texts_of(segments: Fingerprint) -> Fingerprint:
    """What is to be translated of a fingerprint, without what all locales share."""
    return {path: texts for path, texts in segments.items() if not path.startswith("=")}


def size(segments: Fingerprint) -> tuple[int, int]:
    """The number of texts in a fingerprint, and of their words."""
    texts = texts_of(segments).values()
    return sum(map(len, texts)), sum(count for one in texts for count in one.values())


def _texts(page) -> Fingerprint:
    found: Fingerprint = {}
    for segment in segments_of(page):
        if isinstance(segment, StringSegmentValue):
            text = segment.string.data
            found.setdefault(segment.path, {})[text_hash(text)] = words(text)
        elif isinstance(segment, OverridableSegmentValue):
            found.setdefault(f"={segment.path}", {})[text_hash(segment.data)] = 0
    return found


def _shared(page, field):
    """The value of a field that all locales share, None for a text or for a field left alone."""
    target = field.get_field(type(page))
    if isinstance(target, StreamField) and field.is_translated(page):
        return _structure(list(getattr(page, field.field_name).raw_data))
    if field.is_translated(page) or not field.is_synchronized(page) or field.field_name == "slug":
        return None
    return _synchronised(page, target) or ""


def _structure(raw):
    """The parts of a stream that nobody translates: blocks, their order, numbers and choices."""
    if isinstance(raw, str):
        return ""
    if isinstance(raw, dict):
        return {
            key: value if key in {"id", "type"} else _structure(value) for key, value in raw.items()
        }
    return [_structure(item) for item in raw] if isinstance(raw, list) else raw


def _synchronised(page, field):
    if isinstance(field, models.ManyToOneRel) and isinstance(field.remote_field, ParentalKey):
        rows = getattr(page, field.name).all()
        return [_row(row, skip=field.remote_field.name) for row in rows]
    if isinstance(field, models.ManyToManyField):
        return sorted(item.pk for item in getattr(page, field.name).all())
    return _plain(field.value_from_object(page))


def _plain(value):
    """A number without the zeros that a database puts behind it: 1000 is 1000.00."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def _row(row, skip: str) -> dict:
    return {
        field.name: _plain(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.name not in {"id", skip, "translation_key", "locale"}
    }
