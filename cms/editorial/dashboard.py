"""What staff see when they sign in: each panel only where it says something to its reader."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import WorkflowState

from cms.editorial.broken import broken_site
from cms.editorial.desk import LIMIT, OF_EACH_KIND, Desk, untouched_pages
from cms.editorial.reviewers import OpenReview, members_of, reviews_at_all
from cms.editorial.rows import Row, compare_link, name_of, page_row, preview_link

NAMES = 3
REPLACED = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)


class StaffPanel(Component):
    """A list on the dashboard, with a link to the whole of it."""

    template_name = "editorial/panels/rows.html"
    name = ""
    heading: Any = ""
    when: Any = ""
    limit = LIMIT

    def __init__(self, desk: Desk):
        self.desk = desk
        self.user = desk.user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        rows = self.rows()
        return {
            "panel": self,
            "rows": rows[: self.limit],
            "all_url": self.all_url() if rows else "",
            "empty": "" if rows else self.if_empty(),
        }

    def rows(self) -> list[Row]:
        raise NotImplementedError

    def all_url(self) -> str:
        raise NotImplementedError

    def if_empty(self) -> str:
        """What is said where there is nothing to list; nothing: the panel is left out."""
        return ""


class WaitingPanel(StaffPanel):
    """The reviews in which the reader may act."""

    name = "waiting-for-me"
    order = 100
    heading = gettext_lazy("Waiting for me")
    when = gettext_lazy("Waiting since")

    def rows(self):
        mine = (r for r in self.desk.reviews if r.waits_for(self.user, self.desk.groups))
        return [self._row(review) for review in islice(mine, LIMIT)]

    def _row(self, review: OpenReview) -> Row:
        page, state = review.page, review.state
        links = [preview_link(page, review.task.pk)]
        if page.live_revision_id:
            links.append(compare_link(page, state.revision_id))
        sender = name_of(state.workflow_state.requested_by)
        sent = _("Sent by %(person)s.") % {"person": sender} if sender else ""
        return page_row(page, words=f"{review.task.name}. {sent}", at=state.started_at, links=links)

    def all_url(self):
        return reviews_url(waiting="true")

    def if_empty(self):
        told = reviews_at_all(self.user, self.desk.groups)
        return _("Nothing is waiting for you.") if told else ""


def reviews_url(**filters) -> str:
    return f"{reverse('editorial_reviews')}?{urlencode(filters)}"


class SentBackPanel(StaffPanel):
    """What the reader submitted or changed last and has to mend, with what is wrong."""

    name = "sent-back-to-me"
    order = 110
    heading = gettext_lazy("Sent back to me")
    when = gettext_lazy("Sent back")

    def rows(self):
        return [
            self._row(page, state.current_task_state)
            for state in self.desk.sent_back
            if (page := self.desk.pages.get(int(state.object_id))) and state.current_task_state
        ]

    def _row(self, page, step) -> Row:
        reviewer = name_of(step.finished_by)
        by_person = _("Sent back by %(person)s.") % {"person": reviewer}
        words = by_person if reviewer else _("Sent back by the content check.")
        return page_row(page, words=words, comment=step.comment, at=step.finished_at)

    def all_url(self):
        return reviews_url(review=WorkflowState.STATUS_NEEDS_CHANGES, person=self.user.pk)


class InReviewPanel(StaffPanel):
    """What the reader has sent, and who has it now."""

    name = "in-review"
    order = 120
    heading = gettext_lazy("In review")
    when = gettext_lazy("There since")

    def rows(self):
        sent = (r for r in self.desk.reviews if r.sender_id == self.user.pk)
        reviews = list(islice(sent, LIMIT))
        members = members_of([group for review in reviews for group in review.groups])
        return [self._row(review, members) for review in reviews]

    def _row(self, review: OpenReview, members: dict) -> Row:
        groups = ", ".join(group.name for group in review.groups)
        asked = [user for group in review.groups for user in members.get(group.pk, [])]
        people = {user.pk: user for user in asked if user.pk not in review.authors}
        return page_row(
            review.page,
            words=f"{review.task.name}: {groups}",
            comment=_some_names(list(people.values())),
            at=review.state.started_at,
        )

    def all_url(self):
        return reviews_url(review=WorkflowState.STATUS_IN_PROGRESS, person=self.user.pk)


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

    def rows(self):
        return [
            page_row(self.desk.pages[int(revision.object_id)], at=revision.approved_go_live_at)
            for revision in self.desk.planned
        ]

    def all_url(self):
        return reverse("editorial_scheduled")


class UntouchedPanel(StaffPanel):
    """Live pages that the reader may change and nobody has changed for long."""

    name = "untouched"
    order = 400
    heading = gettext_lazy("Not touched for six months")
    when = gettext_lazy("Last changed")

    def rows(self):
        pages = untouched_pages(self.user).specific(defer=True)
        return [page_row(page, at=page.touched_at) for page in pages[:LIMIT]]

    def all_url(self):
        return reverse("editorial_untouched")


class BrokenPanel(StaffPanel):
    """What does not work and the reader can mend."""

    name = "broken-things"
    order = 140
    heading = gettext_lazy("Broken things")
    when = gettext_lazy("Since")
    limit = 4 * OF_EACH_KIND

    def rows(self):
        found = broken_site(self.user, self.desk.groups.values(), OF_EACH_KIND)
        return self.desk.broken.rows(self.desk.pages) + found

    def all_url(self):
        return reverse("editorial_broken")


PANELS = [
    WaitingPanel,
    SentBackPanel,
    InReviewPanel,
    GoingLivePanel,
    BrokenPanel,
    UntouchedPanel,
]


def start_from_role(request, panels: list) -> None:
    """Put our panels on the dashboard, and take away those of Wagtail that say the same worse."""
    desk = Desk(request.user)
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)]
    panels += [panel(desk) for panel in PANELS]
