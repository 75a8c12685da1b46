"""TMX 1.4b (LISA OSCAR, 2005), level 2: pairs of texts for the memories of other tools."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree

from cms.translation.exchange.inline import from_tmx, to_tmx
from cms.translation.exchange.reading import Unreadable, xml

EXTENSION = "tmx"
CONTENT_TYPE = "application/x-tmx+xml"
LARGEST = 20 * 1024 * 1024
MOST_PAIRS = 20_000
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ANY = "*all*"
IN_MEMORY = 1024 * 1024


@dataclass(frozen=True)
class Pair:
    """A text and its translation, as HTML of inline tags, with the languages that they are in."""

    language: str
    source: str
    target_language: str
    text: str


def write(pairs: Iterable[Pair], language: str) -> SpooledTemporaryFile:
    """A file of pairs whose sources are in one language; open at its beginning."""
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    out.write(b"<?xml version='1.0' encoding='UTF-8'?>\n")
    with etree.xmlfile(out, encoding="UTF-8") as file, file.element("tmx", version="1.4"):
        file.write("\n")
        file.write(_header(language))
        with file.element("body"):
            for pair in pairs:
                file.write("\n")
                file.write(_unit(pair))
        file.write("\n")
    out.seek(0)
    return out


def _header(language: str) -> etree._Element:
    return etree.Element(
        "header",
        {
            "creationtool": settings.WAGTAIL_SITE_NAME,
            "creationtoolversion": "1",
            "segtype": "paragraph",
            "o-tmf": "wagtail-localize",
            "adminlang": "en",
            "srclang": language,
            "datatype": "html",
            "creationdate": timezone.now().strftime("%Y%m%dT%H%M%SZ"),
        },
    )


def _unit(pair: Pair) -> etree._Element:
    unit = etree.Element("tu")
    for language, text in (
        (pair.language, pair.source),
        (pair.target_language, pair.text),
    ):
        variant = etree.SubElement(unit, "tuv")
        variant.set(LANG, language)
        to_tmx(text, etree.SubElement(variant, "seg"))
    return unit


def read(data: bytes) -> list[Pair]:
    """The pairs of a file, one for each text and each language it is translated into.

    Raises Unreadable. Languages are written as the file writes them.
    """
    root = xml(data, LARGEST)
    if root.tag != "tmx" or not root.get("version", "").startswith("1."):
        raise Unreadable(_("This is no TMX file."))
    header, body = root.find("header"), root.find("body")
    if header is None or body is None:
        raise Unreadable(_("This is no TMX file."))
    found: list[Pair] = []
    for unit in body.iter("tu"):
        found += _pairs(unit, header.get("srclang", ANY))
        if len(found) > MOST_PAIRS:
            words = _("The file holds more than %(limit)s texts.")
            raise Unreadable(words % {"limit": MOST_PAIRS})
    if not found:
        raise Unreadable(_("The file holds no texts."))
    return found


def _pairs(unit: etree._Element, srclang: str) -> Iterator[Pair]:
    variants = [
        (variant.get(LANG) or variant.get("lang", ""), variant.find("seg"))
        for variant in unit.findall("tuv")
    ]
    texts = [(language, from_tmx(seg).strip()) for language, seg in variants if seg is not None]
    wanted = unit.get("srclang", srclang).lower()
    source = next((one for one in texts if one[0].lower() == wanted), None)
    if source is None:
        source = texts[0] if texts else None
    for language, text in texts:
        if source and (language, text) != source:
            yield Pair(*source, language, text)
