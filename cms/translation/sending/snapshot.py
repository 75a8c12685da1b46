"""The text of a page as its translators have it, cut into segments and kept in bulk.

What is kept is what `TranslationSource.update_or_create_from_instance()` would keep, which takes
some ten queries for each segment. A segment that only changes its place stays the same row.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)

from cms.models.tree import lock_tree
from cms.translation.extraction import segments_of
from cms.translation.models import Assignment, SentAhead

KINDS = {
    StringSegmentValue: StringSegment,
    TemplateSegmentValue: TemplateSegment,
    RelatedObjectSegmentValue: RelatedObjectSegment,
    OverridableSegmentValue: OverridableSegment,
}


def keep_snapshot(page, ahead: Revision | None = None) -> tuple[TranslationSource, bool]:
    """Bring the text of a source page to its translators; whether it differs from the last one.

    `page` has the text that is meant; `ahead` is the draft it is from, sent ahead of its
    publication, none where it is published. In a transaction.
    """
    lock_tree()
    hold_children(page)
    source, before = _keep_source(page)
    changed = False
    if before != source.content_json:
        changed = _keep_segments(source, page, is_new=not before)
        changed = _differ(page, before, source.content_json) or changed
    if ahead:
        SentAhead.objects.update_or_create(source=source, defaults={"revision": ahead})
    elif before:
        SentAhead.objects.filter(source=source).delete()
    if changed and before:
        Assignment.objects.filter(translation__source=source).mark_changed()
    return source, changed


def hold_children(page) -> None:
    """Read a page's children once; whatever looks at them afterwards finds them in memory."""
    for relation in get_all_child_relations(page):
        getattr(page, relation.get_accessor_name()).get_object_list()


def _keep_source(page) -> tuple[TranslationSource, str]:
    """The source with the text of now, and what it held before ("" where it is new)."""
    content = page.to_json()
    place = {"object_id": page.translation_key, "locale_id": page.locale_id}
    source = TranslationSource.objects.select_for_update().filter(**place).first()
    if source and json.loads(source.content_json) == json.loads(content):
        return source, source.content_json
    before = source.content_json if source else ""
    if source is None:
        _keep_object(page)
        kind = ContentType.objects.get_for_model(type(page))
        source = TranslationSource(specific_content_type=kind, **place)
    source.content_json = content
    source.object_repr = str(page)[:200]
    source.schema_version = get_schema_version(page._meta.app_label)
    source.last_updated_at = timezone.now()
    source.save()
    return source, before


def _keep_object(page) -> None:
    kind = ContentType.objects.get_for_model(page.get_translation_model())
    work = TranslatableObject(translation_key=page.translation_key, content_type=kind)
    TranslatableObject.objects.bulk_create([work], ignore_conflicts=True)


def _differ(page, before: str, after: str) -> bool:
    """Whether a field that translations have of their source is another one now.

    The slug aside, which follows when the source is published.
    """
    if not before:
        return True
    old, new = json.loads(before), json.loads(after)
    names = {field.field_name for field in get_translatable_fields(type(page))} - {"slug"}
    return any(_bare(old.get(name)) != _bare(new.get(name)) for name in names)


def _bare(value):
    """Children without their keys, which are others whenever the page is published."""
    if not isinstance(value, list):
        return value
    return [
        {key: known for key, known in row.items() if key != "pk"} if isinstance(row, dict) else row
        for row in value
    ]


def _keep_segments(source: TranslationSource, page, is_new: bool) -> bool:
    """Bring the rows of a source's segments up to date; whether any came or went."""
    by_kind: dict[type, list] = defaultdict(list)
    for value in segments_of(page):
        by_kind[type(value)].append(value)
    contexts = _contexts(source, page, (v.path for values in by_kind.values() for v in values))
    wanted = {
        StringSegmentValue: _strings(source, by_kind[StringSegmentValue]),
        TemplateSegmentValue: _templates(by_kind[TemplateSegmentValue]),
        RelatedObjectSegmentValue: _objects(by_kind[RelatedObjectSegmentValue]),
        OverridableSegmentValue: [
            {"data_json": _json(value.data)} for value in by_kind[OverridableSegmentValue]
        ],
    }
    changed = False
    for kind, model in KINDS.items():
        rows = [
            model(source=source, context=contexts[value.path], order=value.order, **facts)
            for value, facts in zip(by_kind[kind], wanted[kind], strict=True)
        ]
        known = [] if is_new else model._default_manager.filter(source=source).order_by("order")
        changed = _settle(model, known, rows) or changed
    return changed


def _json(value) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def _contexts(source, page, paths: Iterable[str]) -> dict[str, TranslationContext]:
    places = TranslationContext.objects.filter(object_id=source.object_id)
    known = {context.path: context for context in places}
    new = []
    for path in dict.fromkeys(paths):
        if path in known:
            known[path].get_field_path(page)  # those of old versions have none yet
        else:
            new.append(path)
    made = TranslationContext.objects.bulk_create(
        TranslationContext(
            object_id=source.object_id,
            path=path,
            path_id=TranslationContext._get_path_id(path),
            field_path=_field_path(page, path),
        )
        for path in new
    )
    return known | {context.path: context for context in made}


@dataclass
class _Place:
    """Where a text stands, for the method that names its field and would save that at once."""

    path: str
    field_path: str = ""

    def save(self, **kwargs) -> None:
        pass


def _field_path(page, path: str) -> str:
    return TranslationContext.get_field_path(_Place(path), page)


def _strings(source, values: list[StringSegmentValue]) -> list[dict]:
    by_hash = {String._get_data_hash(value.string.data): value.string.data for value in values}
    ids = _ids(
        String.objects.filter(locale_id=source.locale_id),
        "data_hash",
        [String(locale_id=source.locale_id, data_hash=h, data=d) for h, d in by_hash.items()],
    )
    return [
        {
            "string_id": ids[String._get_data_hash(value.string.data)],
            "attrs": _json(value.attrs),
        }
        for value in values
    ]


def _templates(values: list[TemplateSegmentValue]) -> list[dict]:
    rows = [
        Template(
            uuid=_template_id(value),
            template=value.template,
            template_format=value.format,
            string_count=value.string_count,
        )
        for value in values
    ]
    ids = _ids(Template.objects.all(), "uuid", rows)
    return [{"template_id": ids[row.uuid]} for row in rows]


def _template_id(value: TemplateSegmentValue) -> uuid.UUID:
    """As `Template.from_value()` makes it."""
    return uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _objects(values: list[RelatedObjectSegmentValue]) -> list[dict]:
    rows = [
        TranslatableObject(translation_key=value.translation_key, content_type=value.content_type)
        for value in values
    ]
    _ids(TranslatableObject.objects.all(), "translation_key", rows)
    return [{"object_id": row.translation_key} for row in rows]


def _ids(found, name: str, rows: list) -> dict:
    """{what names a row: its id}, of rows that many pages share; made where they are missing."""
    wanted = {getattr(row, name): row for row in rows}
    if not wanted:
        return {}
    listed = found.filter(**{f"{name}__in": wanted}).values_list(name, "pk")
    known = dict(listed)
    new = [row for key, row in wanted.items() if key not in known]
    if new:  # somebody else may make the same at the same moment
        type(new[0]).objects.bulk_create(new, ignore_conflicts=True)
        known = dict(listed.all())
    return known


def _settle(model: type[models.Model], present: Iterable, wanted: list) -> bool:
    """Give a source exactly these segments of one kind; whether any came or went."""
    known = defaultdict(list)
    for row in present:
        known[_what(row)].append(row)
    new, moved = [], []
    for row in wanted:
        same = known[_what(row)]
        old = same.pop(0) if same else None
        if old is None:
            new.append(row)
        elif old.order != row.order:
            old.order = row.order
            moved.append(old)
    gone = [row.pk for rows in known.values() for row in rows]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    if moved:
        model._default_manager.bulk_update(moved, ["order"])
    model._default_manager.bulk_create(new)
    return bool(new or gone)


def _what(row) -> tuple:
    """What a segment says and where, its number in the page aside."""
    names = ("context_id", "string_id", "attrs", "template_id", "object_id", "data_json")
    return tuple(getattr(row, name, None) for name in names)
