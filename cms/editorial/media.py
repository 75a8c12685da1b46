"""Images and documents that visitors see stay as they were reviewed, whichever door is tried.

What is shown of a file (its bytes, the part of a picture that a card shows, its credit) changes
only with the page that shows it: by another file, chosen there and released by a review.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images import get_image_model
from wagtail.tasks import delete_file_from_storage_task
from wagtail.utils.file import hash_filelike

from cms.editorial.in_use import FileInUse, needing, showing, told
from cms.models.uploads import ImageForm as WholeImageForm

SHOWN = ["file", "credit"]
CUT = [f"focal_point_{name}" for name in ("x", "y", "width", "height")]
"""The fields of a file that visitors see something of."""


def _models():
    return get_image_model(), get_document_model()


def _refusal(item, pages):
    """Why, where, and what to do instead."""
    is_image = isinstance(item, get_image_model())
    upload = "wagtailimages:add_multiple" if is_image else "wagtaildocs:add_multiple"
    message = _(
        "In use on: {pages}. Visitors would see the change without a review. "
        '<a href="{address}">Upload a new file</a> and choose it on these pages.'
    )
    return format_html(message, pages=told(pages), address=reverse(upload))


class KeepsWhatIsShown:
    """A form that refuses, at the field, to change what visitors see of a file in use."""

    instance: Any
    original_file: Any

    def clean(self):
        cleaned = super().clean()
        changed = {name for name in [*SHOWN, *CUT] if name in self.changed_data}
        if "file" in changed and self._has_the_same_bytes(cleaned.get("file")):
            changed.discard("file")
        pages = showing(self.instance) if changed and self.instance.pk else []
        for name in {None if name in CUT else name for name in changed} if pages else ():
            self.add_error(name, ValidationError(_refusal(self.instance, pages)))
        return cleaned

    def _has_the_same_bytes(self, upload) -> bool:
        return bool(upload and self.instance.file_hash) and (
            _hash(upload) == self.instance.file_hash
        )

    def save(self, commit=True):
        """The old file goes when the new one has come to stay, and not before."""
        old, self.original_file = self.original_file, None
        saved = super().save(commit=commit)
        if commit and old and "file" in self.changed_data:
            saved.renditions.all().delete() if hasattr(saved, "renditions") else None
            _remove(old)
        return saved


def _hash(upload) -> str:
    upload.seek(0)
    digest = hash_filelike(upload)
    upload.seek(0)
    return digest


def _remove(file) -> None:
    storage, name = file.storage.deconstruct(), file.name
    transaction.on_commit(lambda: delete_file_from_storage_task.enqueue(storage, name))


class ImageForm(KeepsWhatIsShown, WholeImageForm):
    pass


class DocumentForm(KeepsWhatIsShown, BaseDocumentForm):
    pass


@receiver(pre_save)
def keep_what_is_shown(sender, instance, update_fields=None, **kwargs):
    """For every other door than the forms."""
    if sender not in _models() or instance._state.adding:
        return
    names = [name for name in [*SHOWN, *CUT, "file_hash"] if hasattr(instance, name)]
    before = sender.objects.filter(pk=instance.pk).values(*names).first()
    written = [name for name in names if update_fields is None or name in update_fields]
    changed = {name for name in written if before and getattr(instance, name) != before[name]}
    if before and before["file_hash"] and instance.file_hash == before["file_hash"]:
        changed.discard("file")
    pages = showing(instance) if changed - {"file_hash"} else []
    if pages:
        raise FileInUse(_refusal(instance, pages))


@receiver(pre_delete)
def keep_what_is_needed(sender, instance, **kwargs):
    pages = needing(instance) if sender in _models() else []
    if pages:
        raise FileInUse(deleting_refused(instance, pages))


def deleting_refused(item, pages):
    """Where a file is in use that somebody wants to delete."""
    message = _("“{title}” cannot be deleted. It is in use on: {pages}.")
    return format_html(message, title=item.title, pages=told(pages))
