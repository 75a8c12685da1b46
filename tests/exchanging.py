"""Downloading files for translators, changing them as their tools do, and sending them back."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import polib
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import etree
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.counting import settled
from cms.translation.models import Assignment, Upload
from tests.matrix.answers import fingerprint, tables

XLF = "{urn:oasis:names:tc:xliff:document:1.2}"
EXTENSIONS = {"xliff": "xlf", "po": "po"}
LEFT_BY_EVERY_VISIT = {"translation_upload", "django_session", "sqlite_sequence"}


def download(client, translation: Translation, kind: str = "xliff", **query) -> bytes:
    address = reverse("translation_download", args=[translation.pk])
    response = client.get(address, {"kind": kind, **query})
    assert response.status_code == 200
    return response.content


def archive(client, **query) -> dict[str, bytes]:
    """{name: content} of a downloaded archive."""
    response = client.get(reverse("translation_download_many"), query)
    assert response["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as found:
        return {name: found.read(name) for name in found.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def send_file(client, data: bytes, name: str = "file.xlf", address: str = ""):
    """Upload a file; what is shown after it."""
    file = SimpleUploadedFile(name, data)
    address = address or reverse("translation_upload_file")
    return client.post(address, {"file": file}, follow=True)


def confirm(client, shown, **fields):
    """Agree to what an upload has shown."""
    upload = Upload.objects.latest("pk")
    form = BeautifulSoup(shown.content, "lxml").select_one("input[name=signature]")
    data = {"signature": form["value"], **fields}
    return client.post(reverse("translation_upload", args=[upload.pk]), data, follow=True)


def send_and_confirm(client, data: bytes, name: str = "file.xlf", **fields):
    return confirm(client, send_file(client, data, name), **fields)


def told(response) -> str:
    """The words on a page, in one line."""
    soup = BeautifulSoup(response.content, "lxml")
    return " ".join((soup.select_one("main") or soup).get_text(" ").split())


def targets(data: bytes, texts: dict[str, str], state: str = "translated") -> bytes:
    """An XLIFF file in which the units at these paths have another text (XML)."""
    root = etree.fromstring(data)
    for unit in root.iter(f"{XLF}trans-unit"):
        if unit.get("resname") in texts:
            old = unit.find(f"{XLF}target")
            new = etree.fromstring(
                f'<target xmlns="{XLF[1:-1]}">{texts[unit.get("resname")]}</target>'
            )
            new.attrib.update(old.attrib)
            new.set("state", state)
            unit.replace(old, new)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def msgstrs(data: bytes, texts: dict[str, str], fuzzy: bool = False) -> bytes:
    """A PO file in which the entries of these contexts have another text."""
    file = polib.pofile(data.decode())
    for entry in file:
        if entry.msgctxt in texts:
            entry.msgstr = texts[entry.msgctxt]
            entry.flags = ["fuzzy"] if fuzzy else []
    return str(file).encode()


CHANGE = {"xliff": targets, "po": msgstrs}


def texts_of(translation: Translation) -> dict[str, str]:
    """{"title": "de News", ...}: the stored texts of a translation."""
    rows = StringTranslation.objects.filter(
        locale_id=translation.target_locale_id, context__object_id=translation.source.object_id
    )
    return {row.context.path: row.data for row in rows.select_related("context")}


def everything() -> dict[str, str]:
    """A hash of every table but those in which an upload or a visit leaves something."""
    settled(Assignment.objects.all())  # whoever looks at the desk has it counted
    return fingerprint(tables() - LEFT_BY_EVERY_VISIT)


def without_dates(data: bytes) -> bytes:
    return re.sub(rb'date="[^"]*"|X-Sent-At: [^"]*|POT-Creation-Date: [^"]*', b"", data)
