"""Cutting a page's text into segments, also where an old page lacks what its blocks have now."""

from collections.abc import Iterable

from wagtail.blocks import CharBlock, StructBlock, TextBlock, URLBlock
from wagtail.fields import StreamField
from wagtail_localize.segments.extract import extract_segments

TEXTS = (CharBlock, TextBlock, URLBlock)


def segments_of(page) -> list:
    """The segments of a page as wagtail-localize cuts it.

    It fails on a block without one of its texts, as files and earlier versions of the site have
    them; such a text is empty.
    """
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            _fill(getattr(page, field.name))
    return extract_segments(page)


def _fill(value) -> None:
    block = getattr(value, "block", None)
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if value.get(name) is None and isinstance(child, TEXTS):
                value[name] = ""
            else:
                _fill(value.get(name))
    elif hasattr(value, "stream_block"):
        _each(child.value for child in value)
    elif hasattr(value, "list_block"):
        _each(child.value for child in value.bound_blocks)


def _each(values: Iterable) -> None:
    for value in values:
        _fill(value)
