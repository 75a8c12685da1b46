"""What concerns one person: reviews, schedules and old pages, gathered in a few queries."""

from datetime import timedelta

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page, Revision, TaskState, WorkflowState, get_default_page_content_type

from cms.editorial.broken import BrokenPages, broken_pages, editable_pages
from cms.editorial.reviewers import (
    OpenReview,
    groups_of_person,
    open_reviews,
    open_steps,
    pages_of,
)

LIMIT = 8
"""How many lines of a kind the dashboard shows before it sends its reader to the whole list."""

OF_EACH_KIND = 3
UNTOUCHED = timedelta(days=183)


def sent_back_to(user) -> QuerySet:
    """The reviews of pages that wait for this person, who sent or last changed the text."""
    changed = Page.objects.filter(
        pk=Cast(OuterRef("object_id"), IntegerField()), latest_revision__user=user
    )
    return WorkflowState.objects.filter(
        Q(requested_by=user) | Exists(changed),
        base_content_type=get_default_page_content_type(),
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    )


def scheduled_revisions(user) -> QuerySet:
    """Revisions that go live by themselves, of pages that the person may change; soonest first."""
    page = editable_pages(user).order_by().filter(pk=Cast(OuterRef("object_id"), IntegerField()))
    planned = Revision.page_revisions.filter(Exists(page), approved_go_live_at__isnull=False)
    return planned.defer("content").order_by("approved_go_live_at", "pk")


def untouched_pages(user) -> QuerySet:
    """Live pages that the person may change and nobody has for six months; oldest first."""
    pages = editable_pages(user).filter(live=True, depth__gt=1)
    changed = Coalesce(F("latest_revision_created_at"), F("last_published_at"))
    since = timezone.now() - UNTOUCHED
    return pages.annotate(touched_at=changed).filter(touched_at__lt=since).order_by("touched_at")


class Desk:
    """All that the panels of one person need, with the pages of all of them in one query."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def groups(self) -> dict[int, str]:
        return groups_of_person(self.user)

    @cached_property
    def steps(self) -> list[TaskState]:
        return open_steps()

    @cached_property
    def sent_back(self) -> list[WorkflowState]:
        states = sent_back_to(self.user).select_related("current_task_state__finished_by")
        return list(states.order_by("-current_task_state__finished_at")[:LIMIT])

    @cached_property
    def planned(self) -> list[Revision]:
        return list(scheduled_revisions(self.user)[:LIMIT])

    @cached_property
    def broken(self) -> BrokenPages:
        return broken_pages(self.user, OF_EACH_KIND)

    @cached_property
    def pages(self) -> dict[int, Page]:
        ids = [step.workflow_state.object_id for step in self.steps]
        ids += [row.object_id for row in (*self.sent_back, *self.planned)]
        return pages_of(ids + self.broken.page_ids)

    @cached_property
    def reviews(self) -> list[OpenReview]:
        return open_reviews(self.steps, self.pages)
