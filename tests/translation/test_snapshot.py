"""What is kept of a page in bulk is what wagtail-localize keeps of it, piece by piece."""

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from cms.translation.fingerprint import fingerprint
from cms.translation.sending.parcel import send
from cms.translation.sending.snapshot import keep_snapshot
from cms.translation.state import snapshot_of
from home.models import StandardPage
from tests.make import make_page, publish
from tests.page_forms import CASES
from tests.test_admin_pages import create

pytestmark = pytest.mark.django_db

TEXTS = ["<p>One <a href='https://a.example/'>two</a>.</p>", "<p>Three.</p><ul><li>Four</li></ul>"]


def kept(source) -> dict:
    """Everything that hangs on a source, without the numbers of the rows."""
    place = ("context__path", "context__path_id", "context__field_path", "order")
    texts = ("string__data", "string__data_hash", "string__locale_id", "attrs")
    parts = [f"template__{name}" for name in ("uuid", "template", "template_format")]
    of_kind = {
        StringSegment: texts,
        TemplateSegment: (*parts, "template__string_count"),
        RelatedObjectSegment: ("object_id", "object__content_type_id"),
        OverridableSegment: ("data_json",),
    }
    rows = {
        model: sorted(model.objects.filter(source=source).values_list(*place, *names))
        for model, names in of_kind.items()
    }
    facts = ("object_repr", "schema_version", "specific_content_type_id", "object_id")
    return rows | {
        "source": [getattr(source, name) for name in facts],
        "content": json.loads(source.content_json),
        "object": source.object.content_type_id,
    }


def both(page) -> list[dict]:
    """What wagtail-localize keeps of a page, and what we keep, from the same beginning."""
    found = []
    for keep in (
        lambda: TranslationSource.update_or_create_from_instance(page.specific)[0],
        lambda: keep_snapshot(Page.objects.get(pk=page.pk).specific)[0],
    ):
        with transaction.atomic():
            found.append(kept(keep()))
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("model", CASES, ids=lambda model: model.__name__)
def test_the_text_of_every_page_type_is_kept_as_wagtail_localize_keeps_it(
    site, admin_client, model
):
    page = publish(create(admin_client, model))
    theirs, ours = both(page)
    assert ours == theirs
    assert ours[StringSegment]
    keep_snapshot(page)
    page = publish(page, title="Another title", introduction="")
    theirs, ours = both(page)
    assert ours == theirs


@pytest.mark.parametrize("model", CASES, ids=lambda model: model.__name__)
def test_the_first_draft_of_every_page_type_is_the_copy_that_wagtail_makes(
    site, admin_client, model
):
    page = publish(create(admin_client, model))
    german, estonian = Locale.objects.filter(language_code__in=["lt", "et"]).order_by("-pk")
    if page.get_parent().depth > 1:
        send(Page.objects.get(pk=page.get_parent().pk), [german, estonian], None)
    [assignment] = send(page, [german], None)
    theirs = page.copy_for_translation(estonian)
    theirs.save_revision()
    ours = assignment.translation.get_target_instance()
    assert shape(ours) == shape(Page.objects.get(pk=theirs.pk).specific)
    assert ours.latest_revision.translation_basis.segments == fingerprint(page)
    assert snapshot_of(assignment.translation.source) == fingerprint(page)


OWN = {"pk", "id", "locale", "path", "url_path", "slug", "page", "latest_revision", "index_entries"}
TIMES = {"latest_revision_created_at", "numchild"}


def shape(page) -> list:
    """A page, its latest version and the rows of its children, without what is its own."""
    revision = page.get_latest_revision()
    row = json.loads(page.to_json())
    log = PageLogEntry.objects.filter(page=page.pk).values_list("action", "label", "data")
    return [_bare(row), _bare(revision.content), page.live, _bare([*log])]


def _bare(value):
    """Without what is a page's own; a stream is read, as databases keep its keys in any order."""
    if isinstance(value, str) and value.startswith("[{"):
        value = json.loads(value)
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key not in OWN | TIMES}
    return [_bare(one) for one in value] if isinstance(value, list | tuple) else value


def blocks(*texts: str) -> list[dict]:
    return [
        {"type": "text", "id": f"11111111-1111-4111-8111-{number:012}", "value": text}
        for number, text in enumerate(texts)
    ]


def test_a_segment_that_only_changes_its_place_stays_the_same(site):
    page = make_page(site, StandardPage, body=blocks(*TEXTS))
    source = keep_snapshot(page)[0]
    before = dict(StringSegment.objects.filter(source=source).values_list("string__data", "pk"))
    body = [{"type": "text", "id": "22222222-2222-4222-8222-222222222222", "value": "<p>New</p>"}]
    page = publish(page, body=body + blocks(*TEXTS))
    assert keep_snapshot(page) == (source, True)
    after = dict(StringSegment.objects.filter(source=source).values_list("string__data", "pk"))
    assert after.pop("New")
    assert after == before


def test_publishing_the_same_text_again_changes_nothing_for_translators(site):
    page = make_page(site, StandardPage, body=blocks(*TEXTS))
    keep_snapshot(page)
    source, changed = keep_snapshot(publish(page))
    assert not changed
    assert json.loads(source.content_json)["live_revision"] == publish(page).live_revision_id - 1


def test_many_segments_cost_no_more_queries_than_few(site):
    few = make_page(site, StandardPage, body=blocks("<p>No. 0</p>", "<p>No. 1</p>"))
    many = make_page(site, StandardPage, body=blocks(*(f"<p>No. {n}</p>" for n in range(60))))
    counts = []
    keep_snapshot(make_page(site, StandardPage, body=blocks("<p>The same template</p>")))
    for page in (few, many):
        with CaptureQueriesContext(connection) as queries:
            keep_snapshot(Page.objects.get(pk=page.pk).specific)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 26


def test_a_text_that_stands_in_many_pages_is_kept_once(site):
    pages = [make_page(site, StandardPage, title="Same", body=blocks(*TEXTS)) for _ in range(2)]
    for page in pages:
        keep_snapshot(page)
    assert String.objects.filter(data="Same").count() == 1
    assert Template.objects.count() == 2
    contexts = TranslationContext.objects.filter(path="title")
    assert contexts.count() == 2
