"""Which uploaded files the file store does not have any more, asked by whole folders."""

import logging
from pathlib import PurePosixPath

from django.apps import apps
from django.core.cache import cache
from django.db.models import FileField, Model
from wagtail.images.models import AbstractRendition

from cms.models.storage import UNREACHABLE

logger = logging.getLogger(__name__)

SECONDS = 600
"""How long a look into the file store holds."""

Lost = tuple[str, int, str]
"""A model's label, the id of its row, and the name of the file that is missing."""


def missing_files(limit: int) -> list[tuple[Model, str]]:
    """The rows whose file is missing, with its name; looked up at most every ten minutes."""
    found: list[Lost] = (cache.get_or_set("missing-files", _look, SECONDS) or [])[:limit]
    rows: dict[tuple[str, int], Model] = {}
    for label in {label for label, _pk, _name in found}:
        ids = [pk for other, pk, _name in found if other == label]
        known = apps.get_model(label)._default_manager.in_bulk(ids)
        rows |= {(label, pk): row for pk, row in known.items()}
    return [(rows[label, pk], name) for label, pk, name in found if (label, pk) in rows]


def file_fields() -> list[FileField]:
    """The fields that hold what people have uploaded; sizes of images can be made anew."""
    return [
        field
        for model in apps.get_models()
        if not issubclass(model, AbstractRendition)
        for field in model._meta.local_fields
        if isinstance(field, FileField)
    ]


def _look() -> list[Lost]:
    """Compare the names in the database with the folders; a store out of reach tells nothing."""
    found = []
    for field in file_fields():
        try:
            found += _missing_of(field)
        except UNREACHABLE as error:
            logger.warning("The files of %s cannot be listed: %s", field, error)
    return found


def _missing_of(field: FileField) -> list[Lost]:
    rows = field.model._default_manager.exclude(**{field.name: ""}).values_list("pk", field.name)
    named = [(pk, PurePosixPath(name)) for pk, name in rows if name]
    stored = {folder: _names_in(field, folder) for folder in {path.parent for _pk, path in named}}
    label = field.model._meta.label_lower
    return [(label, pk, str(path)) for pk, path in named if path.name not in stored[path.parent]]


def _names_in(field: FileField, folder: PurePosixPath) -> set[str]:
    try:
        _folders, names = field.storage.listdir(str(folder))
    except FileNotFoundError:
        return set()
    return set(names)
