"""The interface's translations: catalogues in `locale/`, compiled where they are used."""

import os
from pathlib import Path

import polib
from django.conf import settings


def catalogues() -> list[Path]:
    """The PO files of the project."""
    return sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.po"))


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
