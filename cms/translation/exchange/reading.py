"""Files that somebody has sent, up to the text in them: bounded, decoded, without any surprise."""

import re
from codecs import (
    BOM_UTF8,
    BOM_UTF16_BE,
    BOM_UTF16_LE,
)

from django.utils.translation import gettext as _
from lxml import etree

from cms.editorial.rule import Refused

LONGEST = 5 * 1024 * 1024
"""Bytes of one file."""
BOMS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
LEGACY = re.compile(r"(iso-?8859-?\d{1,2}|latin-?1|windows-?125\d|cp125\d|us-ascii|ascii)$", re.I)
"""Encodings of one byte that a file may name; all others but UTF-8 and UTF-16 are refused."""
XML_HEAD = re.compile(r"\s*<\?xml\b([^>]*)\?>")
ENCODING = re.compile(r"encoding\s*=\s*[\"']([\w.-]+)[\"']")
HARMLESS_DOCTYPE = re.compile(
    r"<!DOCTYPE\s+[\w.:-]+(\s+(SYSTEM|PUBLIC)(\s+(\"[^\"]*\"|'[^']*'))+)?\s*>"
)
NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0, section 2.2, allows nowhere."""


class Unreadable(Refused):
    """A file that is not what it should be; nothing of it is taken. Says why."""


def decoded(data: bytes, named: str = "", limit: int = LONGEST) -> str:
    """The text of a file in the encoding that it names, UTF-8 if none; raises Unreadable."""
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    if len(data) > limit:
        raise Unreadable(_("The file is larger than %(limit)s MB.") % {"limit": limit >> 20})
    by_mark = next((name for mark, name in BOMS.items() if data.startswith(mark)), "")
    known = LEGACY.match(named) or named.lower() in {"", "utf-8", "utf8", "utf-16"}
    if not by_mark and not known:
        raise Unreadable(
            _("The encoding “%(name)s” is not known here; save the file as UTF-8.")
            % {"name": named[:40]}
        )
    try:
        text = data.decode(by_mark or named or "utf-8")
    except (UnicodeError, LookupError) as error:
        raise Unreadable(
            _("The file is not in the encoding that it should be in; save it as UTF-8.")
        ) from error
    if "\0" in text:
        raise Unreadable(_("The file holds signs that are no text."))
    return text


def xml(data: bytes, limit: int = LONGEST) -> etree._Element:
    """The root of an XML file without comments; raises Unreadable.

    Nothing is fetched and nothing expanded: document types with a content of their own are
    refused, those that only name one are left out.
    """
    head = XML_HEAD.match(data[:200].decode("latin-1"))
    named = ENCODING.search(head[1]) if head else None
    text = decoded(data, named[1] if named else "", limit)
    text = HARMLESS_DOCTYPE.sub("", XML_HEAD.sub("", text, count=1), count=1)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable(_("The file defines entities of its own; that is not allowed."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(_("The file is damaged: %(reason)s") % {"reason": error}) from error


def xml_text(text: str) -> str:
    """A text without the signs that XML cannot hold."""
    return NO_TEXT.sub("", text)
