"""How each page stands in each locale: the one reader that all screens for staff share.

What the public sees comes from the stored bases, as in the API and on the page itself; beside it
stands the work that is going on, which the public does not see. A few queries read all works.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, WorkflowState, get_default_page_content_type
from wagtail_localize.models import Translation

from cms.editorial.rule import BIN, BIN_PATH
from cms.models.locales import active_languages, language_of, locale_id_of
from cms.translation.cells import Cell, PageRow, Sent, State, WorkRow, WorkState
from cms.translation.counting import settled
from cms.translation.models import Assignment, DraftBasis, PublicState

PAGE = (
    "pk",
    "translation_key",
    "locale_id",
    "content_type_id",
    "path",
    "url_path",
    "live",
    "title",
    "draft_title",
    "has_unpublished_changes",
    "live_revision__created_at",
    "translation_basis__state",
    "translation_basis__outdated_since",
    "translation_basis__open_words",
    "translation_basis__open_segments",
    "source_text__words",
    "source_text__segment_count",
)

SENT = (
    "source_id",
    "source__object_id",
    "source__locale_id",
    "target_locale_id",
    "enabled",
    "assignment__id",
    "assignment__is_stale",
    "assignment__due_on",
    "assignment__words",
    "assignment__open_words",
    "assignment__open_segments",
    "assignment__machine_words",
    "assignment__changed_at",
    "assignment__translated_by_id",
    "assignment__translated_at",
    "assignment__reviewed_by_id",
    "assignment__reviewed_at",
)


@dataclass
class Going:
    """What is going on with pages, by their ids."""

    today: date
    reviews: dict[int, str] = field(default_factory=dict)
    waiting: dict[int, datetime] = field(default_factory=dict)
    restricted: tuple[str, ...] = ()


def read_works(keys: Collection[UUID] | None = None) -> list[WorkRow]:
    """All works outside the bin, or those with these translation keys, in the order of the tree.

    Each with a cell for every locale of the site, in their fixed order. Four queries; what has
    been translated since somebody looked last is counted first.
    """
    pages = Page.objects.filter(depth__gt=1).exclude(depth=2, slug=BIN).order_by("pk")
    if keys is not None:
        pages = pages.filter(translation_key__in=keys)
    by_key: dict[UUID, dict[int, PageRow]] = defaultdict(dict)
    for row in map(PageRow._make, pages.values_list(*PAGE)):
        if not row.url_path.startswith(BIN_PATH):
            by_key[row.key].setdefault(row.locale_id, row)
    sent_by_key = _sent(keys)
    locales = {language: locale_id_of(language) or 0 for language in active_languages()}
    going = _going()
    rows = [
        _work(of_work, sent_by_key.get(key, {}), going, locales) for key, of_work in by_key.items()
    ]
    return sorted(rows, key=lambda row: row.head.path)


def _sent(keys: Collection[UUID] | None) -> dict[UUID, dict[int, Sent]]:
    """{translation_key: {target locale: what was sent}}, its numbers as they are now."""
    every = Translation.objects.order_by()
    if keys is not None:
        every = every.filter(source__object_id__in=keys)
    query = every.values_list(*SENT)
    rows = [Sent._make(row) for row in query]
    stale = [row.assignment_id for row in rows if row.assignment_id and row.is_stale]
    if stale:
        settled(Assignment.objects.filter(pk__in=stale))
        rows = [Sent._make(row) for row in query.all()]
    found: dict[UUID, dict[int, Sent]] = defaultdict(dict)
    for one in rows:
        found[one.key][one.locale_id] = one
    return found


WAITS = "waits"


def _going() -> Going:
    reviews = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type()
    )
    waiting = DraftBasis.objects.filter(waits=True).annotate(status=Value(WAITS))
    rows = _rows(reviews, F("object_id"), F("created_at")).union(
        _rows(waiting, F("revision__object_id"), F("revision__created_at")), all=True
    )
    found = Going(today=timezone.localdate())
    for page_id, status, at in rows:
        if status == WAITS:
            found.waiting[page_id] = at
        else:
            found.reviews[page_id] = status
    restricted = PageViewRestriction.objects.values_list("page__path", flat=True)
    found.restricted = tuple(restricted)
    return found


def _rows(query: QuerySet, page_id: F, at: F) -> QuerySet:
    known = query.annotate(page_number=Cast(page_id, IntegerField()), moment=at)
    return known.order_by().values_list("page_number", "status", "moment")


def _work(
    pages: dict[int, PageRow], sent: dict[int, Sent], going: Going, locales: dict[str, int]
) -> WorkRow:
    source = _source(pages, sent)
    row = WorkRow(source or min(pages.values(), key=lambda page: page.pk), source is not None)
    for language, locale_id in locales.items():
        page, task = pages.get(locale_id), sent.get(locale_id)
        cell = Cell(language, page, task, _state(page, task))
        cell.is_source = page is not None and page is source
        cell.is_restricted = bool(page and page.path.startswith(going.restricted))
        _measure(cell, source)
        cell.work = _work_state(cell, going)
        if task and task.due_on and task.due_on < going.today:
            cell.is_overdue = cell.work not in {WorkState.NONE, WorkState.WAITING}
        row.cells[language] = cell
    return row


def _source(pages: dict[int, PageRow], sent: dict[int, Sent]) -> PageRow | None:
    """The page that translations are made from, else the oldest that is no translation."""
    for task in sent.values():
        if task.source_locale_id in pages:
            return pages[task.source_locale_id]
    own = [page for locale_id, page in pages.items() if locale_id not in sent]
    return min(own, key=lambda page: page.pk, default=None)


def _state(page: PageRow | None, sent: Sent | None) -> str:
    if page is None or not page.live:
        return State.MISSING
    if sent and page.state == PublicState.ORIGINAL:
        return State.ORPHANED
    return page.state or State.ORIGINAL


def _measure(cell: Cell, source: PageRow | None) -> None:
    """Since when it is overtaken, and what is left until the public reads all."""
    page, sent = cell.page, cell.sent
    if cell.state in {State.OUTDATED, State.PARTIAL} and page:
        cell.since = page.since
        cell.words, cell.segments = page.open_words or 0, page.open_segments or 0
    elif cell.state == State.MISSING and not cell.is_source:
        if source and source.live:
            cell.words, cell.segments = source.words or 0, source.segments or 0
        elif sent:
            cell.words, cell.segments = sent.open_words or 0, sent.open_segments or 0


def _work_state(cell: Cell, going: Going) -> str:
    page, sent = cell.page, cell.sent
    if page is None:
        return WorkState.NONE
    if page.pk in going.reviews:
        back = going.reviews[page.pk] == WorkflowState.STATUS_NEEDS_CHANGES
        return WorkState.SENT_BACK if back else WorkState.IN_REVIEW
    changed_at = sent.changed_at if sent and sent.enabled else None
    approved_at = going.waiting.get(page.pk)
    if approved_at and not (changed_at and changed_at > approved_at):
        return WorkState.WAITING
    if changed_at and page.live:
        draft = page.public_at is None or changed_at > page.public_at
    else:
        draft = page.has_changes or not page.live
    return WorkState.DRAFT if draft else WorkState.NONE


def cells_of(pages: Iterable[Page]) -> dict[int, dict[str, Cell]]:
    """{page's id: {"de": Cell, "et": Cell, ...}} for these pages and all locales of the site."""
    wanted = list(pages)
    by_key = {}
    for row in read_works({page.translation_key for page in wanted}):
        by_key[row.head.key] = row.cells
    return {page.pk: by_key.get(page.translation_key, {}) for page in wanted}


def cell_of(page: Page) -> Cell | None:
    """How a page stands in its own locale; None for one in the bin."""
    return cells_of([page]).get(page.pk, {}).get(language_of(page.locale_id))
