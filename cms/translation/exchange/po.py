"""PO files as wagtail-localize writes them, with context, comments and the state of each text."""

import re
from tempfile import NamedTemporaryFile

import polib
from django.utils.translation import gettext as _

from cms.translation.exchange.incoming import MOST_UNITS, Incoming, Text
from cms.translation.exchange.outgoing import Outgoing, Unit, key_of
from cms.translation.exchange.reading import Unreadable, decoded
from cms.translation.exchange.xliff import moment, text_of

TOOL = "PO"
EXTENSION = "po"
CONTENT_TYPE = "text/x-gettext-translation"
TRANSLATION = "X-WagtailLocalize-TranslationID"
FINGERPRINT = "X-Source-Fingerprint"
SENT_AT = "X-Sent-At"
FUZZY = "fuzzy"
LINE = re.compile(
    r'\s*(#.*|((msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d{1,2}\])\s+)?"([^"\\]|\\.)*"\s*)?'
)
"""A line of a PO file; polib would take others as well and lose letters of them."""
CHARSET = re.compile(rb"charset=([\w.-]+)")


def write(outgoing: Outgoing) -> bytes:
    """The file of a translation."""
    file = polib.POFile(wrapwidth=100)
    file.header = "\n".join(filter(None, [outgoing.title, outgoing.url]))
    file.metadata = {
        "POT-Creation-Date": outgoing.made_at.strftime("%Y-%m-%d %H:%M%z"),
        "Language": outgoing.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        TRANSLATION: str(outgoing.translation.uuid),
        FINGERPRINT: outgoing.fingerprint,
        SENT_AT: outgoing.made_at.isoformat(),
    }
    for unit in outgoing.units:
        file.append(_entry(unit))
    return str(file).encode()


def _entry(unit: Unit) -> polib.POEntry:
    segment = unit.segment
    place = " · ".join(filter(None, [segment.label, segment.part]))
    entry = polib.POEntry(
        msgctxt=segment.path,
        msgid=segment.source,
        msgstr=text_of(unit),
        comment="\n".join([place, *(note.text for note in unit.notes)]),
    )
    if entry.msgstr and segment.is_open:
        entry.flags.append(FUZZY)
    if not entry.msgstr and segment.earlier:
        entry.msgstr, entry.previous_msgid = segment.earlier.text, segment.earlier.source
        entry.flags.append(FUZZY)
    return entry


def read(data: bytes) -> list[Incoming]:
    """What a file says of its one translation; raises Unreadable."""
    named = CHARSET.search(data[:10_000])
    text = decoded(data, named[1].decode() if named else "")
    _check_lines(text)
    file = _parsed(text)
    if not file.metadata.get(TRANSLATION):
        raise Unreadable(
            _("The file does not say which translation it is: its header “%(name)s” is missing.")
            % {"name": TRANSLATION}
        )
    if len(file) > MOST_UNITS:
        raise Unreadable(_("The file holds more than %(limit)s texts.") % {"limit": MOST_UNITS})
    return [
        Incoming(
            tool=TOOL,
            translation=file.metadata[TRANSLATION],
            language=file.metadata.get("Language", ""),
            fingerprint=file.metadata.get(FINGERPRINT, ""),
            made_at=moment(file.metadata.get(SENT_AT, "")),
            texts=[_text(entry) for entry in file if not entry.obsolete],
        )
    ]


def _parsed(text: str) -> polib.POFile:
    """By way of a file: polib breaks the lines of a string where PO has no line breaks."""
    try:
        with NamedTemporaryFile("w", suffix=".po", encoding="utf-8", newline="") as kept:
            kept.write(text)
            kept.flush()
            return polib.pofile(kept.name, encoding="utf-8")
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(_("This is no PO file: %(reason)s") % {"reason": _told(error)}) from error


def _check_lines(text: str) -> None:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if not LINE.fullmatch(line):
            words = _("This is no PO file: line %(number)s cannot be understood.")
            raise Unreadable(words % {"number": number})


def _told(error: Exception) -> str:
    """The words of polib without the text of the file."""
    found = re.search(r"\(line (\d+)\)[:)]*\s*(.*)", str(error))
    return f"{found[1]}: {found[2]}" if found else type(error).__name__


def _text(entry: polib.POEntry) -> Text:
    path = entry.msgctxt or ""
    problem = _("Forms of plural are not used here.") if entry.msgid_plural else ""
    return Text(
        key=key_of(path, entry.msgid),
        path=path,
        source=entry.msgid,
        text=entry.msgstr,
        unfinished=FUZZY if FUZZY in entry.flags else "",
        problem=problem,
    )
