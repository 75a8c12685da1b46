"""Stored files: each row's file is there, and each file has a row."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.core.files.storage import Storage
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Revision

from cms.editorial.integrity.registry import NotMended, Violation, check
from cms.models.storage import UNREACHABLE

GRACE = timedelta(days=1)
"""How long a file without a row may belong to an upload that is under way."""


@check("file.missing", "file.stray", "file.storage", order=90)
def images_and_documents():
    yield from files_of(get_image_model(), "original_images")
    yield from files_of(get_document_model(), "documents")


def files_of(model: type[models.Model], folder: str) -> Iterator[Violation]:
    """What is wrong with the files of a model whose field `file` stores them in one folder."""
    storage = model._meta.get_field("file").storage  # type: ignore[union-attr]
    try:
        stored = set(_listed(storage, folder))  # first: rows may be written while we read
    except UNREACHABLE as error:
        yield Violation("file.storage", folder, f"The files cannot be listed: {error}")
        return
    rows = dict(model._base_manager.values_list("file", "pk"))
    for name, pk in rows.items():
        if name not in stored and not storage.exists(name):
            subject = f"{model._meta.model_name} {pk}"
            yield Violation("file.missing", subject, f"Its file {name} is not there.")
    for name in sorted(stored - rows.keys()):
        yield _stray(model, storage, name)


def _listed(storage: Storage, folder: str) -> Iterator[str]:
    """The names of all files in a folder; none where there is no such folder yet."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files if name)
    for inner in folders:
        yield from _listed(storage, f"{folder}/{inner}")


def _stray(model: type[models.Model], storage: Storage, name: str) -> Violation:
    message = f"No {model._meta.verbose_name} has this file."
    young = storage.get_modified_time(name) > timezone.now() - GRACE
    repair = None if young or _is_named(name) else partial(_remove, model, storage, name)
    return Violation("file.stray", name, message, repair)


def _is_named(name: str) -> bool:
    """Whether the text of a revision has the name of the file."""
    texts = Revision.objects.annotate(text=Cast("content", models.TextField()))
    return texts.filter(text__contains=name.rpartition("/")[2]).exists()


def _remove(model: type[models.Model], storage: Storage, name: str) -> str:
    if model._base_manager.filter(file=name).exists():
        raise NotMended("a row was written for it meanwhile")
    storage.delete(name)
    return "the file is removed"
