"""What is to be done for translations, and how far each is; the same few queries for any number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from cms.editorial.broken import editable_pages
from cms.editorial.rows import edit_url
from cms.translation.counting import settled
from cms.translation.models import Assignment, DraftBasis

RANKS = {"sent_back": 0, "changed": 1, "in_work": 1, "new": 1, "in_review": 2, "waits": 3}
"""In which order the kinds of work are listed; those of the same rank stand mixed."""
LEFT = ["sent_back", "changed", "in_work", "new"]
"""The kinds that wait for a translator."""


@dataclass(frozen=True)
class Job:
    """A line of the queue. `state` is a key of RANKS."""

    pk: int
    page_id: int
    title: str
    kind: str
    locale_id: int
    state: str
    words: int
    open_words: int
    due_on: date | None
    sent_at: datetime
    sent_by: object
    translated_by: object

    @property
    def url(self) -> str:
        return edit_url(Page(pk=self.page_id))

    @property
    def is_overdue(self) -> bool:
        waits = self.state in LEFT
        return waits and self.due_on is not None and self.due_on < timezone.localdate()


def work_of(user) -> QuerySet[Assignment]:
    """The unfinished translations that somebody may change, the most urgent first.

    Each with `page_id` and `state`. Numbers are counted before, see `settled()`.
    """
    settled(Assignment.objects.filter(_is_mine(user), translation__enabled=True))
    unfinished = (
        Q(review__isnull=False)
        | Q(page_live=False)
        | Q(live_at__isnull=True)
        | Q(changed_at__gt=F("live_at"))
    )
    found = _with_page(Assignment.objects.filter(_is_mine(user), translation__enabled=True))
    return (
        found.filter(unfinished)
        .annotate(state=_state())
        .annotate(rank=Case(*(When(state=name, then=Value(rank)) for name, rank in RANKS.items())))
        .order_by("rank", F("due_on").asc(nulls_last=True), "sent_at", "pk")
    )


def _page() -> QuerySet[Page]:
    return Page.objects.filter(
        translation_key=OuterRef("translation__source__object_id"),
        locale_id=OuterRef("translation__target_locale_id"),
    )


def _is_mine(user) -> Exists:
    mine = editable_pages(user).order_by().values("pk")
    return Exists(_page().filter(pk__in=mine))


def _with_page(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    number = Cast(OuterRef("page_id"), CharField())
    states = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(), object_id=number
    )
    waiting = DraftBasis.objects.filter(revision__object_id=number, waits=True)
    return assignments.annotate(
        page_id=Subquery(_page().values("pk")[:1], output_field=IntegerField()),
        page_live=Subquery(_page().values("live")[:1]),
        live_at=Subquery(_page().values("live_revision__created_at")[:1]),
    ).annotate(
        review=Subquery(states.values("status")[:1]),
        waits_since=Subquery(waiting.values("revision__created_at")[:1]),
    )


def _state() -> Case:
    return Case(
        When(review=WorkflowState.STATUS_NEEDS_CHANGES, then=Value("sent_back")),
        When(review=WorkflowState.STATUS_IN_PROGRESS, then=Value("in_review")),
        When(waits_since__gte=F("changed_at"), then=Value("waits")),
        When(page_live=True, open_segments__gt=0, then=Value("changed")),
        When(page_live=False, open_segments=F("segments"), then=Value("new")),
        default=Value("in_work"),
    )


def jobs(assignments: Iterable[Any]) -> list[Job]:
    """The lines of some of `work_of()`; two queries."""
    rows = list(assignments)
    pages = Page.objects.filter(pk__in=[row.page_id for row in rows])
    facts = {
        pk: (title, kind)
        for pk, title, kind in pages.values_list("pk", "draft_title", "content_type")
    }
    return [_job(row, *facts[row.page_id]) for row in rows if row.page_id in facts]


def _job(row, title: str, content_type_id: int) -> Job:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return Job(
        pk=row.pk,
        page_id=row.page_id,
        title=title,
        kind=str(model._meta.verbose_name) if model else "",
        locale_id=row.translation.target_locale_id,
        state=row.state,
        words=row.words,
        open_words=row.open_words,
        due_on=row.due_on,
        sent_at=row.sent_at,
        sent_by=row.sent_by,
        translated_by=row.translated_by,
    )


PEOPLE = ["translation", "sent_by", "translated_by"]


@dataclass(frozen=True)
class Total:
    """How much is left in one locale."""

    locale_id: int
    count: int
    words: int


def totals(work: Any) -> list[Total]:
    """What waits for translators, for each locale; one query."""
    rows = (
        work.filter(state__in=LEFT)
        .order_by()
        .values(locale_id=F("translation__target_locale_id"))
        .annotate(count=Count("pk"), left=Sum("open_words"))
    )
    return [Total(row["locale_id"], row["count"], row["left"] or 0) for row in rows]
