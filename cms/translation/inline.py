"""The inline HTML of segments: how it is shown, written in a field, and compared."""

import json
import re
from difflib import SequenceMatcher

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail_localize.strings import INLINE_TAGS, StringValue, extract_ids

from cms.translation.segments import Segment

PIECE = re.compile(r"<[^>]+>|[^\s<]+|\s+|<")
TAG = re.compile(r"<[^>]+>")
LINK = re.compile(r'<a(?: id="(\w+)")?>')
LINKED = re.compile(r'<a id="(\w+)">(.*?)</a>', re.DOTALL)
SHOWN = {*INLINE_TAGS, "ins", "del"}


def shown(html: str, links: dict[str, str] | None = None) -> SafeString:
    """A text as it may stand on a page of the admin; links are marked and lead nowhere."""

    def link(match) -> str:
        name = match[1] or ""
        address = (links or {}).get(name, "")
        start = '<span class="translation-link" data-link="{}" title="{}">'
        return format_html(start, name, address)

    clean = nh3.clean(html, tags=SHOWN, attributes={"a": {"id"}}, link_rel=None)
    return mark_safe(LINK.sub(link, clean).replace("</a>", "</span>"))


def attributes_of(segment: Segment) -> dict[str, dict]:
    """{"a1": {"href": "https://example.org/"}, "a2": {"linktype": "page", "id": "7"}}"""
    known = json.loads(segment.attrs or "{}") if isinstance(segment.attrs, str) else segment.attrs
    ids = extract_ids(segment.source) if "<a" in segment.source else ()
    return {name: known.get(name, {}) for name in sorted(ids)}


def links_of(segment: Segment, titles: dict[str, str]) -> dict[str, str]:
    """{"a1": "https://example.org/", "a2": "Contact"}: where the links of a source text lead.

    `titles` are those of the pages linked to, by their ids.
    """
    found = {}
    for name, known in attributes_of(segment).items():
        page = titles.get(known.get("id", "")) if known.get("linktype") == "page" else None
        found[name] = page or known.get("href") or known.get("linktype", "")
    return found


def plain_of(html: str) -> str:
    """The words of a text, its lines kept."""
    return StringValue(html).render_text()


def in_field(is_plain: bool, html: str) -> str:
    """A stored text as it stands in a field of a form."""
    return plain_of(html) if is_plain else html


def from_field(is_plain: bool, text: str) -> str:
    """What was written in a field of a form, as HTML."""
    text = text.replace("\r\n", "\n").strip()
    return StringValue.from_plaintext(text).data if is_plain else text


def fitting(segment: Segment, html: str) -> str:
    """A text from elsewhere without what cannot stand in this segment: foreign links, markup."""
    if segment.is_plain:
        return StringValue.from_plaintext(plain_of(html)).data
    known = extract_ids(segment.source)
    return LINKED.sub(lambda match: match[0] if match[1] in known else match[2], html)


def marked(old: str, new: str) -> tuple[str, str]:
    """Both texts with the words that differ in <del> and <ins>."""
    before, after = PIECE.findall(old), PIECE.findall(new)
    olds, news = [], []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, start, end, from_, to in matcher.get_opcodes():
        olds.append(_wrap(before[start:end], "" if what == "equal" else "del"))
        news.append(_wrap(after[from_:to], "" if what == "equal" else "ins"))
    return "".join(olds), "".join(news)


def _wrap(pieces: list[str], element: str) -> str:
    """The pieces with all words between two tags in one element; tags are never enclosed."""
    made, words = [], ""
    for piece in [*pieces, None]:
        if piece is None or piece.startswith("<"):
            made.append(f"<{element}>{words}</{element}>" if element and words.strip() else words)
            made.append(piece or "")
            words = ""
        else:
            words += piece
    return "".join(made)
