"""What a text names and cannot do without, and that somebody has deleted meanwhile."""

from typing import Any

from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail.blocks import ChooserBlock, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Revision

DISPENSABLE = {models.CASCADE, models.SET_NULL, models.DO_NOTHING}
"""Where the model itself says what is to happen when the other row goes."""


def gone(revision: Revision) -> list:
    """The labels of the fields and blocks whose row, or chosen thing, no longer exists.

    Wagtail would raise a bare Exception for the one, and publish a hole for the other.
    """
    return _in_row(revision.content_type.model_class(), revision.content)


def _in_row(model: type[models.Model], content: dict) -> list:
    """The same for one row of a revision's content and for the child rows in it."""
    found = []
    for field in model._meta.concrete_fields:
        value = content.get(field.name)
        if isinstance(field, StreamField):
            found += _in_block(field.stream_block, field.to_python(value or "[]"))
        elif value is not None and _is_gone(field, value):
            found.append(capfirst(field.verbose_name))
    for relation in get_all_child_relations(model):
        for row in content.get(relation.get_accessor_name(), ()):
            found += _in_row(relation.related_model, row)
    return found


def _is_gone(field: Any, value) -> bool:
    if not isinstance(field, models.ForeignKey) or field.remote_field.on_delete in DISPENSABLE:
        return False
    rows = field.related_model._base_manager
    return not rows.filter(**{field.target_field.attname: value}).exists()


def _in_block(block, value) -> list:
    match block:
        case ChooserBlock():
            return [block.label] if value is None and block.required else []
        case StructBlock():
            return [
                label
                for name, child in block.child_blocks.items()
                for label in _in_block(child, value.get(name))
            ]
        case ListBlock():
            return [label for child in value for label in _in_block(block.child_block, child)]
        case StreamBlock():
            return [label for child in value for label in _in_block(child.block, child.value)]
    return []
