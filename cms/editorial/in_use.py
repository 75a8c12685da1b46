"""Which pages rely on an image or a document: asked of their texts, not of an index that may lag.

A page's row and its draft may name different files; so the revisions are asked that the public
sees, that are under review or planned and, before a file is deleted, those that people work on.
"""

import json
import re
from collections.abc import Iterable, Iterator

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision, TaskState
from wagtail_localize.models import TranslationSource

from cms.editorial.rule import Refused

NAMED = 5
"""How many pages a message names; the others are counted."""


class FileInUse(Refused):
    """Somebody tried to change what visitors see, or to delete what a text needs."""


def showing(item) -> list[Page]:
    """The pages that show this file, or will when a review or a schedule is done."""
    held = Q(approved_go_live_at__isnull=False)
    held |= Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
    held |= Q(pk__in=Page.objects.live().values("live_revision"))
    unwritten = Page.objects.live().filter(live_revision=None, depth__gt=1)
    pages = [
        page for page in unwritten.specific() if _names(type(page), page.serializable_data(), item)
    ]
    return _found(_named_in(item, Revision.page_revisions.filter(held)), pages)


def needing(item) -> list[Page]:
    """The pages that could not be opened any more without this file, drafts included."""
    latest = Revision.page_revisions.filter(pk__in=Page.objects.values("latest_revision"))
    return _found(_named_in(item, latest), [*showing(item), *_sources(item)])


def _found(ids: set[str], pages: list[Page]) -> list[Page]:
    keys = {int(pk) for pk in ids} | {page.pk for page in pages}
    return list(Page.objects.filter(pk__in=keys).order_by("-live", "pk"))


def _pattern(item) -> str:
    """A regular expression for the place of an id in JSON, texts inside of texts included."""
    return rf'[:,"\[] ?{re.escape(str(item.pk))}[],"}}\\]'


def _named_in(item, revisions: QuerySet) -> set[str]:
    """The ids of the objects whose revisions name the file."""
    texts = revisions.annotate(text=Cast("content", TextField()))
    likely = texts.filter(text__regex=_pattern(item)).select_related("content_type").distinct()
    return {
        revision.object_id
        for revision in likely.iterator(chunk_size=100)
        if _names(revision.content_type.model_class(), revision.content, item)
    }


def _sources(item) -> list[Page]:
    """The pages whose translations are made from a text that names the file."""
    likely = TranslationSource.objects.filter(content_json__regex=_pattern(item))
    found: list[Page] = []
    for source in likely.select_related("specific_content_type"):
        model = source.specific_content_type.model_class()
        if _names(model, json.loads(source.content_json), item):
            pages = Page.objects.filter(translation_key=source.object_id, locale=source.locale)
            found += pages
    return found


def _names(model: type[Model] | None, content: dict, item) -> bool:
    """Whether the content of a page, as a revision has it, names the file."""
    wanted = (type(item), str(item.pk))
    return model is not None and any(found == wanted for found in _references(model, content))


def _references(model: type[Model], content: dict) -> Iterator[tuple[type[Model], str]]:
    """(model, id) of everything that a content names: in fields, blocks, texts and children."""
    for field in model._meta.get_fields():
        value = content.get(field.name)
        if value and field.is_relation and field.many_to_one:
            yield field.related_model, str(value)  # type: ignore[misc]
        elif value and hasattr(field, "extract_references"):
            python = field.to_python(value)  # type: ignore[union-attr]
            found = field.extract_references(python)
            yield from ((to_model, str(pk)) for to_model, pk, *_path in found)
    for relation in get_all_child_relations(model):
        for row in content.get(relation.get_accessor_name(), []):
            yield from _references(relation.related_model, row)


def told(pages: Iterable[Page]):
    """Links to pages in the editor: “News”, “Partner” and 3 more pages."""
    pages = list(pages)
    rows = [(reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title) for page in pages]
    links = format_html_join(", ", '<a href="{}">“{}”</a>', rows[:NAMED])
    more = len(rows) - NAMED
    if more <= 0:
        return links
    words = ngettext("and %(number)d more page", "and %(number)d more pages", more)
    return format_html("{} {}", links, words % {"number": more})
