"""Many files in one: written as they are made, read within bounds and without their paths."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO, RawIOBase
from pathlib import PurePosixPath
from typing import IO, cast

from django.utils.translation import gettext as _

from cms.translation.exchange.reading import LONGEST, Unreadable

MOST = 300
"""Files of an archive."""
LARGEST = 20 * 1024 * 1024
"""Bytes of an archive."""
UNPACKED = 60 * 1024 * 1024
"""Bytes of all its files together."""
HIDDEN = "__MACOSX"
"""The folder in which archives of some systems hold what is no file of anybody."""


class _Sink(RawIOBase):
    """Takes what a zip file is written into, and gives it on in pieces."""

    def __init__(self):
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        data, self.pieces = b"".join(self.pieces), []
        return data


def packed(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of an archive, each file's as soon as it is made."""
    sink = _Sink()
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
            yield sink.take()
    yield sink.take()


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """The files of an archive with their bare names; raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(_("The file is larger than %(limit)s MB.") % {"limit": LARGEST >> 20})
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return list(_files(archive))
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise Unreadable(_("This archive is damaged or locked.")) from error


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    wanted = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info)]
    if not wanted:
        raise Unreadable(_("The archive is empty."))
    if len(wanted) > MOST:
        raise Unreadable(_("The archive holds more than %(limit)s files.") % {"limit": MOST})
    total = 0
    for info in wanted:
        with archive.open(info) as file:
            data = file.read(LONGEST + 1)
        total += len(data)
        if len(data) > LONGEST or total > UNPACKED:
            raise Unreadable(_("The files in the archive are too large."))
        yield PurePosixPath(info.filename).name[:200], data


def _is_hidden(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    return path.name.startswith(".") or HIDDEN in path.parts
