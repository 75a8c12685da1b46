"""What is planned: one time for a page at most, and none that has passed without anything."""

from datetime import timedelta
from functools import partial

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.editorial.integrity.registry import NotMended, Violation, check

PATIENCE = timedelta(minutes=10)
"""How late the clock may be before it counts as silent."""


def scheduled():
    """The revisions of pages that are to go live at a time."""
    return Revision.page_revisions.filter(approved_go_live_at__isnull=False)


def _with_page():
    pages = Page.objects.annotate(own_id=Cast("pk", CharField(max_length=255)))
    return scheduled().annotate(there=Exists(pages.filter(own_id=OuterRef("object_id"))))


@check("schedule.gone", order=60)
def schedules_of_pages_that_are_gone():
    for revision in _with_page().filter(there=False).defer("content"):
        message = f"It is to go live on {_told(revision)}, and page {revision.object_id} is gone."
        repair = partial(_unschedule, revision.pk)
        yield Violation("schedule.gone", f"revision {revision.pk}", message, repair)


@check("schedule.twice", order=61)
def second_schedules():
    """The newest revision is the one that was decided last."""
    kept: dict[str, int] = {}
    newest_first = _with_page().filter(there=True).order_by("-created_at", "-pk")
    for revision in newest_first.defer("content"):
        first = kept.setdefault(revision.object_id, revision.pk)
        if first != revision.pk:
            message = f"It is to go live on {_told(revision)}, and so is the newer revision "
            message += f"{first} of page {revision.object_id}."
            repair = partial(_unschedule, revision.pk)
            yield Violation("schedule.twice", f"revision {revision.pk}", message, repair)


def _told(revision: Revision) -> str:
    return revision.approved_go_live_at.isoformat(timespec="minutes")


def _unschedule(pk: int) -> str:
    """Past Revision.save(), whose entry in the log needs a page."""
    if not scheduled().filter(pk=pk).update(approved_go_live_at=None):
        raise NotMended("it was published meanwhile")
    return "it is not scheduled any more; its text is kept"


@check("schedule.overdue", order=62)
def overdue():
    """Named only: the clock does it, or says why it cannot."""
    late = timezone.now() - PATIENCE
    for revision in _with_page().filter(there=True, approved_go_live_at__lt=late).defer("content"):
        message = f"It was to go live on {_told(revision)} (page {revision.object_id}); does the "
        message += "clock run?"
        yield Violation("schedule.overdue", f"revision {revision.pk}", message)
    for page in Page.objects.filter(live=True, expire_at__lt=late):
        message = f"“{page.title}” was to be taken down on "
        message += f"{page.expire_at.isoformat(timespec='minutes')}; does the clock run?"
        yield Violation("schedule.overdue", f"page {page.pk}", message)
