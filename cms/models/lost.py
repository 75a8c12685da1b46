"""What a text of earlier names and somebody has deleted since: the text opens without it."""

from django.db import models


def without_lost(model: type[models.Model], content: dict) -> dict:
    """The content of a revision without the files that are gone; others are kept from going."""
    lost = {
        field.name: None
        for field in model._meta.fields
        if field.null
        and content.get(field.name)
        and isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.PROTECT
        and not field.related_model._base_manager.filter(pk=content[field.name]).exists()
    }
    return content | lost
