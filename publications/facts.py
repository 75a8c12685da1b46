"""What a PDF says of itself, read from its bytes."""

import hashlib
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
import pypdfium2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 100 * 1024 * 1024
MAX_PAGES = 2000


@dataclass(frozen=True)
class PdfFacts:
    """Pages, bytes, SHA-256, title and language set in the file, tags, encryption, text."""

    sha256: str
    bytes: int
    pages: int
    title: str = ""
    language: str = ""
    tagged: bool = False
    encrypted: bool = False
    text: list[str] = field(default_factory=list)


def read_facts(data: bytes) -> PdfFacts:
    """The facts of a PDF; raises ValidationError where the bytes are none or cannot be read."""
    if not data.startswith(b"%PDF-"):
        raise ValidationError(_("This file is no PDF."))
    if len(data) > MAX_BYTES:
        raise ValidationError(_("This PDF is larger than 100 MB."))
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            pages, told = len(pdf.pages), _told(pdf)
    except pikepdf.PasswordError as error:
        raise ValidationError(_("This PDF is locked with a password.")) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise ValidationError(_("This PDF is damaged and cannot be read.")) from error
    if not 1 <= pages <= MAX_PAGES:
        raise ValidationError(_("A PDF of an edition has between 1 and 2000 pages."))
    sha256 = hashlib.sha256(data).hexdigest()
    return PdfFacts(sha256=sha256, bytes=len(data), pages=pages, text=_text(data), **told)


def _told(pdf: pikepdf.Pdf) -> dict:
    root = pdf.Root
    mark = root.get("/MarkInfo", {})
    title = pdf.docinfo.get("/Title", "") if pdf.docinfo is not None else ""
    return {
        "title": str(title)[:255].replace("\0", ""),
        "language": str(root.get("/Lang", ""))[:35].replace("\0", ""),
        "tagged": bool(mark.get("/Marked", False)) and "/StructTreeRoot" in root,
        "encrypted": pdf.is_encrypted,
    }


def _text(data: bytes) -> list[str]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValidationError(_("This PDF is damaged and cannot be read.")) from error
    try:
        return [_page_text(page) for page in document]
    finally:
        document.close()


def _page_text(page) -> str:
    text = page.get_textpage().get_text_bounded()
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
