"""A page's text in its row and in a revision, made comparable.

What a revision does not decide (place, address, dates, owner, locks) is left out; the slug too,
which renaming gives to all locales at once, past the texts.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

OF_THE_PAGE = {
    "id", "path", "depth", "numchild", "url_path", "slug", "content_type", "translation_key",
    "locale", "alias_of", "owner", "live", "has_unpublished_changes", "draft_title", "expired",
    "locked", "locked_at", "locked_by", "latest_revision", "latest_revision_created_at",
    "live_revision", "first_published_at", "last_published_at", "go_live_at", "expire_at",
}  # fmt: skip
"""What belongs to the page whatever text it has, and not to one of its revisions."""

CHUNK = 200


def differences(pages: models.QuerySet, revision: str) -> Iterator[tuple[Page, list[str]]]:
    """(page, names of the fields that differ) for pages whose row is not as the revision has it.

    `revision` names the foreign key to the revision, "live_revision" or "latest_revision".
    """
    by_type: dict[type[Page], list[int]] = defaultdict(list)
    for page in pages.select_related("content_type").only("pk", "content_type"):
        by_type[page.specific_class].append(page.pk)
    for model, ids in by_type.items():
        for start in range(0, len(ids), CHUNK):
            rows = model._base_manager.filter(pk__in=ids[start : start + CHUNK])
            yield from _compare(list(rows.select_related(revision)), revision)


def _compare(rows: list[Page], revision: str) -> Iterator[tuple[Page, list[str]]]:
    children = _children(rows)
    for page in rows:
        content = getattr(page, revision).content
        names = [*_fields(page, content), *_relations(page, content, children[page.pk])]
        if names:
            yield page, names


def _fields(page: Page, content: dict) -> list[str]:
    """Fields that the revision does not know came later and say nothing."""
    row = get_serializable_data_for_fields(page)
    return [
        field.name
        for field in page._meta.fields
        if field.name in content
        and field.name in row
        and field.name not in OF_THE_PAGE
        and plain(field, row[field.name]) != plain(field, content[field.name])
    ]


def _relations(page: Page, content: dict, children: dict[str, list]) -> list[str]:
    found = []
    for relation in _relations_of(type(page)):
        name = relation.get_accessor_name()
        written = [_child(relation, data) for data in content.get(name, [])]
        if name in content and sorted(written) != sorted(children.get(name, [])):
            found.append(name)
    return found


def _relations_of(model: type) -> list:
    found = get_all_child_relations(model)
    return [one for one in found if one.get_accessor_name() != COMMENTS_RELATION_NAME]


def _children(rows: list[Page]) -> dict[int, dict[str, list]]:
    """{pk of the page: {"editions": [...]}}, one query for each kind of children."""
    found: dict[int, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for relation in _relations_of(type(rows[0])) if rows else ():
        key, name = relation.field.attname, relation.get_accessor_name()
        ids = [page.pk for page in rows]
        for child in relation.related_model._base_manager.filter(**{f"{key}__in": ids}):
            data = get_serializable_data_for_fields(child)
            found[getattr(child, key)][name].append(_child(relation, data))
    return found


def _child(relation, data: dict) -> str:
    """A child without its keys: those of translations are made anew at each publishing."""
    left_out = {"id", relation.field.name, "translation_key", "locale"}
    fields = [f for f in relation.related_model._meta.fields if f.name not in left_out]
    plain_ones = {f.name: plain(f, data[f.name]) for f in fields if f.name in data}
    return json.dumps(plain_ones, cls=DjangoJSONEncoder, sort_keys=True)


def plain(field: models.Field, value):
    """A value as it can be compared, whether it comes from a row or from JSON."""
    if isinstance(field, StreamField):
        return json.loads(value) if isinstance(value, str) else value
    if value is None or field.remote_field is not None:
        return value
    python = field.to_python(value)
    if isinstance(python, Decimal):
        return python.normalize()
    if isinstance(python, datetime):
        return int(python.timestamp() * 1000)
    return json.loads(json.dumps(python, cls=DjangoJSONEncoder, default=str))


def same_text(page: Page, content: dict) -> bool:
    """Whether the row of a specific page has the text of a revision's content."""
    children = _children([page])[page.pk]
    return not (_fields(page, content) or _relations(page, content, children))
