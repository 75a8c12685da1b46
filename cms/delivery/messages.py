"""The interface's translations: catalogues in `locale/`, compiled where they are used."""

import os
from functools import cache
from pathlib import Path

import polib
from django.conf import settings


def catalogues() -> list[Path]:
    """The PO files of the project."""
    return sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.po"))


def untranslated(language: str) -> tuple[int, int]:
    """How many messages have no translation into a language, and of how many.

    Of those that stand in the project's catalogues; English is what they are written in.
    """
    every: set = set().union(*(_entries(path).keys() for path in catalogues()))
    if language == settings.LANGUAGE_CODE:
        return 0, len(every)
    own = [path for path in catalogues() if path == catalogue_of(language)]
    known = {key for path in own for key, done in _entries(path).items() if done}
    return len(every - known), len(every)


def catalogue_of(language: str) -> Path:
    """Where the project's catalogue of a language stands, or would stand."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def report(language: str) -> str:
    """What is to be told of a language in which the interface is not complete, else ""."""
    missing, every = untranslated(language)
    if not missing:
        return ""
    path = os.path.relpath(catalogue_of(language), settings.BASE_DIR)
    return (
        f"{language}: {missing} of {every} messages of the interface are not translated; visitors "
        f"read them in English. `manage.py check_messages {language} --update` writes {path}, "
        "where they are translated; `manage.py setup_site` compiles it."
    )


def _entries(path: Path) -> dict[tuple, bool]:
    """{("", "News"): True, ...}: the messages of a catalogue, and whether they are translated."""
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> dict[tuple, bool]:
    entries = polib.pofile(str(path))
    return {(entry.msgctxt or "", entry.msgid): entry.translated() for entry in entries}


def compile_messages() -> int:
    """Compile each catalogue that is newer than its compiled form; how many there were."""
    count = 0
    for path in catalogues():
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            # Two processes may do this at once: each writes its own file and puts it in place.
            draft = target.with_suffix(f".{os.getpid()}.tmp")
            polib.pofile(str(path)).save_as_mofile(str(draft))
            draft.replace(target)
            count += 1
    return count
