"""XLIFF 1.2 (OASIS Standard, 1 February 2008), strict: one <file> for each translation."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from lxml import etree

from cms.translation.exchange.incoming import MOST_UNITS, Incoming, Text
from cms.translation.exchange.inline import XLIFF, Bad, from_xliff, to_xliff
from cms.translation.exchange.outgoing import Outgoing, Unit
from cms.translation.exchange.reading import Unreadable, xml, xml_text
from cms.translation.exchange.schema import problems_of_ours

TOOL = "XLIFF"
EXTENSION = "xlf"
CONTENT_TYPE = "application/x-xliff+xml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
UNFINISHED = {
    "new",
    "needs-translation",
    "needs-adaptation",
    "needs-l10n",
    "needs-review-translation",
    "needs-review-adaptation",
    "needs-review-l10n",
}
"""States in which a text is not ready, whatever stands in it."""


def _name(tag: str) -> str:
    return f"{{{XLIFF}}}{tag}"


def _add(parent, tag: str, text: str = "", **attributes) -> etree._Element:
    named = {name.replace("_", "-"): xml_text(str(value)) for name, value in attributes.items()}
    made = etree.SubElement(parent, _name(tag), named)
    if text:
        made.text = xml_text(text)
    return made


def write(outgoing: Outgoing) -> bytes:
    """The file of a translation."""
    root = etree.Element(_name("xliff"), {"version": "1.2"}, nsmap={None: XLIFF})
    file = _add(
        root,
        "file",
        original=outgoing.translation.uuid,
        source_language=outgoing.source_language,
        target_language=outgoing.language,
        datatype="html",
        date=outgoing.made_at.isoformat(),
        product_name=settings.WAGTAIL_SITE_NAME,
        build_num=outgoing.fingerprint,
    )
    header = _add(file, "header")
    if outgoing.url:
        _add(_add(header, "reference"), "external-file", href=outgoing.url)
    _add(header, "note", outgoing.title)
    body = _add(file, "body")
    for unit in outgoing.units:
        _write_unit(body, unit, outgoing)
    break_lines(root, {_name("source"), _name("target")})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def break_lines(element: etree._Element, texts: set[str]) -> None:
    """Begin a line with each element, but change nothing inside those that hold a text."""
    if element.tag in texts:
        return
    if len(element):
        element.text = "\n"
    for child in element:
        break_lines(child, texts)
        child.tail = "\n"


def _write_unit(body, unit: Unit, outgoing: Outgoing) -> None:
    segment = unit.segment
    made = _add(body, "trans-unit", id=unit.key, resname=segment.path)
    made.set(SPACE, "preserve")
    if _state(unit)["state"] == "final":
        made.set("approved", "yes")
    if segment.limit:
        made.set("maxwidth", str(segment.limit))
        made.set("size-unit", "char")
    source = _add(made, "source")
    source.set(LANG, outgoing.source_language)
    to_xliff(segment.source, source)
    target = _add(made, "target", **_state(unit))
    target.set(LANG, outgoing.language)
    to_xliff(text_of(unit), target)
    place = _add(made, "context-group", purpose="location")
    _add(place, "context", segment.label, context_type="x-label")
    if segment.part:
        _add(place, "context", segment.part, context_type="x-part")
    for note in unit.notes:
        _add(made, "note", note.text, **{"from": note.kind, "annotates": "general"})
    if segment.is_open and segment.earlier:
        _write_earlier(made, segment, outgoing)


def _write_earlier(unit, segment, outgoing: Outgoing) -> None:
    """What the text said before, and its translation then."""
    made = _add(unit, "alt-trans", alttranstype="previous-version")
    for tag, text, language in (
        ("source", segment.earlier.source, outgoing.source_language),
        ("target", segment.earlier.text, outgoing.language),
    ):
        element = _add(made, tag)
        element.set(LANG, language)
        to_xliff(text, element)


def text_of(unit: Unit) -> str:
    """The translation, or what a machine has suggested, or nothing."""
    segment = unit.segment
    if segment.text or not segment.suggestion:
        return segment.text
    return segment.suggestion.text


def _state(unit: Unit) -> dict[str, str]:
    segment = unit.segment
    if segment.text and not segment.error:
        return {"state": "final" if unit.is_final else "translated"}
    if segment.text:
        return {"state": "needs-adaptation"}
    if segment.suggestion:
        return {"state": "needs-review-translation", "state-qualifier": "mt-suggestion"}
    return {"state": "needs-translation"}


def read(data: bytes) -> list[Incoming]:
    """What a file says of each translation in it; raises Unreadable."""
    root = xml(data)
    if root.tag != _name("xliff") or root.get("version") != "1.2":
        raise Unreadable(_("This is no XLIFF 1.2 file."))
    files = root.findall(_name("file"))
    if not files:
        raise Unreadable(_("The file holds no texts."))
    if sum(1 for _unit in root.iter(_name("trans-unit"))) > MOST_UNITS:
        raise Unreadable(_("The file holds more than %(limit)s texts.") % {"limit": MOST_UNITS})
    note = _departure(root)
    return [_read_file(file, note) for file in files]


def _departure(root) -> str:
    """Where a file leaves the standard; tools are not always strict, and the texts still count."""
    found = problems_of_ours(root)
    if not found:
        return ""
    return _("This file is no valid XLIFF 1.2: %(reason)s") % {"reason": found[0][:300]}


def _read_file(file, note: str) -> Incoming:
    if not file.get("original"):
        raise Unreadable(_("The file does not say which translation it is (“original”)."))
    return Incoming(
        tool=TOOL,
        translation=file.get("original"),
        language=file.get("target-language", ""),
        fingerprint=file.get("build-num", ""),
        made_at=moment(file.get("date", "")),
        note=note,
        texts=list(_texts(file)),
    )


def moment(text: str) -> datetime | None:
    """A time with its zone, None for everything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _texts(file) -> Iterator[Text]:
    for unit in file.iter(_name("trans-unit")):
        source, target = unit.find(_name("source")), unit.find(_name("target"))
        facts = {"key": unit.get("id", ""), "path": unit.get("resname", "")}
        try:
            said = from_xliff(source) if source is not None else ""
            text = from_xliff(target, source) if target is not None else ""
        except Bad as error:
            yield Text(**facts, source="", text="", problem=str(error))
            continue
        state = target.get("state", "") if target is not None else ""
        yield Text(**facts, source=said, text=text, unfinished=state if state in UNFINISHED else "")
