"""The markup inside a text: the HTML of wagtail-localize, and inline elements of XLIFF and TMX.

'See <a id="a1">our <b>handbook</b></a>.<br/>'
See <g id="a1" ctype="link">our <g id="1" ctype="bold">handbook</g></g>.<x id="2" ctype="lb"/>
"""

from html import escape

from bs4 import BeautifulSoup, NavigableString
from django.utils.translation import gettext as _
from lxml import etree
from wagtail_localize.strings import INLINE_TAGS

from cms.translation.exchange.reading import Unreadable, xml_text

XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
KINDS = {"b": "bold", "i": "italic", "a": "link"}
"""What XLIFF calls elements of HTML (values of ctype, XLIFF 1.2, section 2.6)."""
BREAK = "lb"


def kind_of(tag: str) -> str:
    return KINDS.get(tag, f"x-html-{tag}")


TAGS = {kind_of(tag): tag for tag in INLINE_TAGS if tag != "br"}
TMX_KINDS = {"b": "bold", "i": "italic", "a": "link", "br": "lb"}


class Bad(Unreadable):
    """A text whose inline elements cannot be understood."""


def append_text(parent: etree._Element, text: str) -> None:
    """Put a text behind all that an element holds."""
    text = xml_text(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def to_xliff(html: str, parent: etree._Element) -> None:
    """Write a text into a <source> or <target>."""
    _write(BeautifulSoup(html, "html.parser"), parent, iter(range(1, 100_000)))


def _write(soup, parent, numbers) -> None:
    for child in soup.children:
        if isinstance(child, NavigableString):
            append_text(parent, str(child))
        elif child.name == "br":
            etree.SubElement(parent, f"{{{XLIFF}}}x", id=str(next(numbers)), ctype=BREAK)
        else:
            name = child.get("id") or str(next(numbers))
            made = etree.SubElement(parent, f"{{{XLIFF}}}g", id=name, ctype=kind_of(child.name))
            _write(child, made, numbers)


def from_xliff(element: etree._Element, source: etree._Element | None = None) -> str:
    """The HTML of a <source> or <target>; raises Bad.

    What an element is, it says itself or the element of the same name in `source` does.
    """
    kinds = {}
    if source is not None:
        kinds = {one.get("id"): one.get("ctype") for one in source.iter() if one.get("ctype")}
    return "".join(_read(element, kinds))


def _read(element, kinds: dict):
    yield escape(element.text or "", quote=False)
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        inner = "".join(_read(child, kinds))
        kind = child.get("ctype") or kinds.get(child.get("id"))
        if name == "mrk":
            yield inner
        elif name == "x" and kind == BREAK:
            yield "<br/>"
        elif name == "g" and kind in TAGS:
            yield _tag(TAGS[kind], child.get("id", ""), inner)
        else:
            raise Bad(
                _("<%(name)s> stands in this text, and nobody knows what it is.") % {"name": name}
            )
        yield escape(child.tail or "", quote=False)


def _tag(tag: str, name: str, inner: str) -> str:
    head = f'a id="{escape(name)}"' if tag == "a" else tag
    return f"<{head}>{inner}</{tag}>"


def to_tmx(html: str, parent: etree._Element) -> None:
    """Write a text into a <seg>: codes of HTML in <bpt>, <ept> and <ph> (TMX 1.4b, level 2)."""
    _write_codes(BeautifulSoup(html, "html.parser"), parent, iter(range(1, 100_000)))


def _write_codes(soup, parent, numbers) -> None:
    for child in soup.children:
        if isinstance(child, NavigableString):
            append_text(parent, str(child))
            continue
        number, kind = str(next(numbers)), TMX_KINDS.get(child.name, f"x-html-{child.name}")
        if child.name == "br":
            etree.SubElement(parent, "ph", x=number, type=kind).text = "<br/>"
            continue
        name = f' id="{escape(child["id"])}"' if child.get("id") else ""
        made = etree.SubElement(parent, "bpt", i=number, x=number, type=kind)
        made.text = xml_text(f"<{child.name}{name}>")
        _write_codes(child, parent, numbers)
        etree.SubElement(parent, "ept", i=number).text = f"</{child.name}>"


def from_tmx(seg: etree._Element) -> str:
    """The HTML of a <seg>; codes that are not ours are left out, the text in <hi> stays."""
    parts = [escape(seg.text or "", quote=False)]
    for child in seg:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "hi":
            parts.append(from_tmx(child))
        elif name in {"bpt", "ept", "ph", "it"}:
            parts.append(_code(child.text or ""))
        parts.append(escape(child.tail or "", quote=False))
    return "".join(parts)


def _code(text: str) -> str:
    soup = BeautifulSoup(text, "html.parser")
    if text.startswith("</"):
        return text if text[2:-1] in INLINE_TAGS and text.endswith(">") else ""
    known = [one for one in soup.find_all() if one.name in INLINE_TAGS and set(one.attrs) <= {"id"}]
    return text if len(known) == 1 and str(soup).startswith("<") and not soup.get_text() else ""
