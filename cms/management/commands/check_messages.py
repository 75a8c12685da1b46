"""Finds words of the interface that are not translated into a language.

Extraction is Babel's, so that no program beside Python is needed; templates are turned into
Python by Django's own `templatize`.
"""

import re
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import templatize

from cms.delivery.messages import catalogue_of

LOCALES = ["de", "et", "lv", "lt"]
ROOMS = ["cms", "home", "news", "partners", "publications", "search"]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str, str, str]
"""Context, singular, plural; "" where there is none."""


class Command(BaseCommand):
    help = "Check, or with --update write, the interface's catalogues."

    def add_arguments(self, parser):
        parser.add_argument(
            "languages", nargs="*", help="codes such as pl; without any, those of the sample site"
        )
        parser.add_argument("--update", action="store_true", help="add what is missing")

    def handle(self, *args, **options):
        unknown = set(options["languages"]) - PLURALS.keys()
        if unknown:
            raise CommandError(f"{', '.join(unknown)}: known are {', '.join(sorted(PLURALS))}.")
        messages = extract_messages()
        missing = 0
        for locale in options["languages"] or LOCALES:
            path = catalogue_of(locale)
            catalogue = _open(path, locale)
            missing += self._compare(catalogue, messages, locale)
            if options["update"]:
                _update(catalogue, messages)
                path.parent.mkdir(parents=True, exist_ok=True)
                catalogue.save(str(path))
        if missing and not options["update"]:
            raise CommandError(f"{missing} messages are not translated; `make messages` adds them.")
        self.stdout.write(f"{len(messages)} messages, {missing} not translated.")

    def _compare(self, catalogue, messages: set[Message], locale: str) -> int:
        known = {_key(entry) for entry in catalogue if entry.translated()}
        missing = sorted(messages - known)
        for context, words, _plural in missing:
            self.stderr.write(f"{locale}: {context + ': ' if context else ''}{words}")
        return len(missing)


def extract_messages() -> set[Message]:
    """All messages of our Python and our templates."""
    found: set[Message] = set()
    for room in ROOMS:
        for path in sorted((settings.BASE_DIR / room).rglob("*.py")):
            if "migrations" not in path.parts:
                found |= _extract(path.read_bytes())
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        found |= _extract(_as_python(path.read_text(encoding="utf-8")))
    # A word that also stands with a plural is one entry: its singular serves both.
    plurals = {(context, words) for context, words, plural in found if plural}
    return {message for message in found if message[2] or message[:2] not in plurals}


def _as_python(template: str) -> bytes:
    """A template's messages as lines of Python; what lies between them means nothing there."""
    calls = re.findall(r"\b(?:u?n?p?gettext)\(.*\)", templatize(template))
    return "\n".join(calls).encode()


def _extract(source: bytes) -> set[Message]:
    rows = extract("python", BytesIO(source), keywords=KEYWORDS, options={"encoding": "utf-8"})
    return {_message(words, context) for _line, words, _comments, context in rows}


def _message(words, context) -> Message:
    if isinstance(words, tuple):
        return (context or "", words[0], words[1] if len(words) > 1 else "")
    return (context or "", words, "")


def _key(entry: polib.POEntry) -> Message:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _open(path: Path, locale: str) -> polib.POFile:
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[locale],
    }
    return catalogue


PLURALS = dict.fromkeys(["da", "de", "et", "fi", "sv"], "nplurals=2; plural=(n != 1);") | {
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    "lt": (
        "nplurals=4; plural=(n % 10 == 1 && (n % 100 > 19 || n % 100 < 11) ? 0 : "
        "(n % 10 >= 2 && n % 10 <=9) && (n % 100 > 19 || n % 100 < 11) ? 1 : "
        "n % 1 != 0 ? 2: 3);"
    ),
    "pl": (
        "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : "
        "n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);"
    ),
}
"""The forms of a plural as Django's own catalogues of these languages have them."""


def _update(catalogue: polib.POFile, messages: set[Message]) -> None:
    """Add new messages and drop those that no code uses any more."""
    known = {_key(entry): entry for entry in catalogue}
    forms = int(catalogue.metadata["Plural-Forms"].split("nplurals=")[1].split(";")[0])
    for key in known.keys() - messages:
        catalogue.remove(known[key])
    for context, words, plural in sorted(messages - known.keys(), key=lambda m: (m[1], m[0])):
        entry = polib.POEntry(msgid=words, msgctxt=context or None)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = dict.fromkeys(range(forms), "")
        catalogue.append(entry)
