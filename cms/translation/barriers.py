"""Why a translation cannot be changed now, and what helps."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.models import WorkflowState
from wagtail_localize.models import Translation

from cms.translation.access import why_not


@dataclass(frozen=True)
class Barrier:
    """Words for the person before it, and a way on: a link, or a button that posts there."""

    words: Any
    label: str = ""
    url: str = ""
    posts: bool = False


def may_take_back(page, user) -> bool:
    """Whether somebody may end the review that is under way."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        return False
    return state.requested_by_id == user.pk or page.permissions_for_user(user).can_oversee()


def barrier(translation: Translation, page, user) -> Barrier | None:
    """What keeps somebody from changing the texts; a review has a screen of its own."""
    words = why_not(translation, page, user)
    if not words:
        return None
    lock, may = page.get_lock(), page.permissions_for_user(user)
    if isinstance(lock, BasicLock):
        url = reverse("wagtailadmin_pages:unlock", args=[page.pk]) if may.can_unlock() else ""
        return Barrier(lock.get_message(user), _("Unlock"), url, posts=True)
    if isinstance(lock, ScheduledForPublishLock):
        place = [page.pk, page.scheduled_revision.pk]
        url = reverse("wagtailadmin_pages:revisions_unschedule", args=place)
        return Barrier(lock.get_message(user), _("Unschedule"), url if may.can_unschedule() else "")
    return Barrier(words)
