"""What staff see when they sign in: each panel only where it says something to its reader."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type

from cms.editorial.broken import broken_things, editable_pages
from cms.editorial.reviewers import (
    OpenReview,
    members_of,
    open_reviews,
    open_states,
    pages_of,
    reviews_at_all,
    waiting_for,
)
from cms.editorial.rows import Row, compare_link, name_of, page_row, preview_link

LIMIT = 8
"""How many lines a panel has before it sends its reader to the whole list."""

OF_EACH_KIND = 5
NAMES = 3
UNTOUCHED = timedelta(days=183)
REPLACED = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)


class StaffPanel(Component):
    """A list on the dashboard, with a link to the whole of it."""

    template_name = "editorial/panels/rows.html"
    name = ""
    heading: Any = ""
    empty: Any = ""
    when: Any = ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        rows = self.rows(user)
        return {
            "panel": self,
            "rows": rows[:LIMIT],
            "all_url": self.all_url(user) if rows else "",
            "empty": "" if rows else self.empty_for(user),
        }

    def rows(self, user) -> list[Row]:
        raise NotImplementedError

    def all_url(self, user) -> str:
        raise NotImplementedError

    def empty_for(self, user) -> str:
        """What is said where there is nothing to list; nothing: the panel is left out."""
        return ""


class WaitingPanel(StaffPanel):
    """The reviews in which the reader may act."""

    name = "waiting-for-me"
    order = 100
    heading = gettext_lazy("Waiting for me")
    when = gettext_lazy("Waiting since")

    def rows(self, user):
        return [self._row(review) for review in waiting_for(user)[: LIMIT + 1]]

    def _row(self, review: OpenReview) -> Row:
        page, state = review.page, review.state
        links = [preview_link(page, review.task.pk)]
        if page.live_revision_id:
            links.append(compare_link(page, state.revision_id))
        sender = name_of(state.workflow_state.requested_by)
        sent = _("Sent by %(person)s.") % {"person": sender} if sender else ""
        return page_row(page, words=f"{review.task.name}. {sent}", at=state.started_at, links=links)

    def all_url(self, user):
        return reviews_url(waiting="true")

    def empty_for(self, user):
        return _("Nothing is waiting for you.") if reviews_at_all(user) else ""


def reviews_url(**filters) -> str:
    return f"{reverse('editorial_reviews')}?{urlencode(filters)}"


def states_of_pages(status: str) -> QuerySet:
    return WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(), status=status
    )


class SentBackPanel(StaffPanel):
    """What the reader submitted or changed last and has to mend, with what is wrong."""

    name = "sent-back-to-me"
    order = 110
    heading = gettext_lazy("Sent back to me")
    when = gettext_lazy("Sent back")

    def rows(self, user):
        changed = Page.objects.filter(
            pk=Cast(OuterRef("object_id"), IntegerField()), latest_revision__user=user
        )
        states = states_of_pages(WorkflowState.STATUS_NEEDS_CHANGES).filter(
            Q(requested_by=user) | Exists(changed)
        )
        states = states.select_related("current_task_state__finished_by")
        latest = list(states.order_by("-current_task_state__finished_at")[: LIMIT + 1])
        pages = pages_of([state.object_id for state in latest])
        return [
            self._row(page, state.current_task_state)
            for state in latest
            if (page := pages.get(int(state.object_id))) and state.current_task_state
        ]

    def _row(self, page, step) -> Row:
        reviewer = name_of(step.finished_by)
        by_person = _("Sent back by %(person)s.") % {"person": reviewer}
        words = by_person if reviewer else _("Sent back by the content check.")
        return page_row(page, words=words, comment=step.comment, at=step.finished_at)

    def all_url(self, user):
        return reviews_url(review=WorkflowState.STATUS_NEEDS_CHANGES, person=user.pk)


class InReviewPanel(StaffPanel):
    """What the reader has sent, and who has it now."""

    name = "in-review"
    order = 120
    heading = gettext_lazy("In review")
    when = gettext_lazy("There since")

    def rows(self, user):
        mine = open_states().filter(workflow_state__requested_by=user).order_by("-started_at")
        reviews = open_reviews(mine[: LIMIT + 1])
        members = members_of([group for review in reviews for group in review.groups])
        return [self._row(review, members) for review in reviews]

    def _row(self, review: OpenReview, members: dict) -> Row:
        words = _("%(task)s: %(groups)s") % {
            "task": review.task.name,
            "groups": ", ".join(group.name for group in review.groups),
        }
        asked = [user for group in review.groups for user in members.get(group.pk, [])]
        people = {user.pk: user for user in asked if user.pk not in review.authors}
        return page_row(
            review.page,
            words=words,
            comment=_some_names(list(people.values())),
            at=review.state.started_at,
        )

    def all_url(self, user):
        return reviews_url(review=WorkflowState.STATUS_IN_PROGRESS, person=user.pk)


def _some_names(people: list) -> str:
    if not people:
        return _("Nobody of them may approve it; ask an administrator.")
    names = ", ".join(name_of(user) for user in people[:NAMES])
    more = len(people) - NAMES
    if more <= 0:
        return names
    text = ngettext("%(names)s and %(number)s more", "%(names)s and %(number)s more", more)
    return text % {"names": names, "number": more}


class GoingLivePanel(StaffPanel):
    """What is scheduled on pages that the reader may change."""

    name = "going-live-soon"
    order = 130
    heading = gettext_lazy("Going live soon")
    when = gettext_lazy("Goes live")

    def rows(self, user):
        planned = list(scheduled_revisions(user)[: LIMIT + 1])
        pages = pages_of([revision.object_id for revision in planned])
        return [
            page_row(pages[int(revision.object_id)], at=revision.approved_go_live_at)
            for revision in planned
        ]

    def all_url(self, user):
        return reverse("editorial_scheduled")


def scheduled_revisions(user) -> QuerySet:
    """Revisions that go live by themselves, of pages that the person may change; soonest first."""
    page = editable_pages(user).order_by().filter(pk=Cast(OuterRef("object_id"), IntegerField()))
    planned = Revision.page_revisions.filter(Exists(page), approved_go_live_at__isnull=False)
    return planned.defer("content").order_by("approved_go_live_at", "pk")


class UntouchedPanel(StaffPanel):
    """Live pages that the reader may change and nobody has changed for long."""

    name = "untouched"
    order = 400
    heading = gettext_lazy("Not touched for six months")
    when = gettext_lazy("Last changed")

    def rows(self, user):
        pages = untouched_pages(user).specific(defer=True)
        return [page_row(page, at=page.touched_at) for page in pages[: LIMIT + 1]]

    def all_url(self, user):
        return reverse("editorial_untouched")


def untouched_pages(user, since: datetime | None = None) -> QuerySet:
    """Live pages that the person may change and nobody has since then; the oldest come first."""
    pages = editable_pages(user).filter(live=True, depth__gt=1)
    changed = Coalesce(F("latest_revision_created_at"), F("last_published_at"))
    since = since or timezone.now() - UNTOUCHED
    return pages.annotate(touched_at=changed).filter(touched_at__lt=since).order_by("touched_at")


class BrokenPanel(StaffPanel):
    """What does not work and the reader can mend."""

    name = "broken-things"
    order = 140
    heading = gettext_lazy("Broken things")
    when = gettext_lazy("Since")

    def rows(self, user):
        return broken_things(user, OF_EACH_KIND)

    def all_url(self, user):
        return reverse("editorial_broken")


def start_from_role(request, panels: list) -> None:
    """Put our panels on the dashboard, and take away those of Wagtail that say the same worse."""
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)] + [
        WaitingPanel(),
        SentBackPanel(),
        InReviewPanel(),
        GoingLivePanel(),
        BrokenPanel(),
        UntouchedPanel(),
    ]
