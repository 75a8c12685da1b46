"""What is due: texts that go live and items that expire, each exactly once, in order.

Any number of processes may do this at once. Each item is done in one transaction in which its
row is locked and read anew: its publication, log entry, record of changes and all that follows
are committed together, and a process that is killed leaves it due.
"""

import logging
from bisect import insort
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import DraftStateMixin, Page, Revision

from cms.editorial.failures import record
from cms.editorial.gone import gone
from cms.editorial.models import ScheduleFailure
from cms.models.tree import lock_tree

logger = logging.getLogger(__name__)

PUBLISH, EXPIRE = ScheduleFailure.Kind.PUBLISH, ScheduleFailure.Kind.EXPIRE


@dataclass(frozen=True)
class Due:
    """A publication or an expiry whose time has come; the item may be any with drafts."""

    at: datetime
    kind: str
    content_type_id: int
    object_id: str
    revision_id: int | None = None

    @property
    def key(self) -> tuple:
        """The same for a failure of it."""
        return (self.content_type_id, self.object_id, self.kind)

    @property
    def what(self) -> dict:
        """How a failure of it is found."""
        return dict(zip(("content_type_id", "object_id", "kind"), self.key, strict=True))

    @property
    def place(self) -> tuple:
        """By time; a new text before the expiry of the old one at the same moment."""
        return (self.at, self.kind != PUBLISH, self.revision_id or 0, self.object_id)

    def __str__(self):
        item = _model(self.content_type_id)._base_manager.filter(pk=self.object_id).first()
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.object_id} {item}"

    def lock(self) -> Any:
        """The item, locked and as it is now; None when it is gone or in other hands."""
        rows = _model(self.content_type_id)._base_manager.select_for_update(skip_locked=True)
        row = rows.filter(pk=self.object_id).first()
        return getattr(row, "specific", row)

    def revision(self, item, now: datetime) -> Revision | None:
        """The text that is to go live, if it still is."""
        found = item.revisions.filter(pk=self.revision_id, approved_go_live_at__lte=now)
        return found.first()

    def still_stands(self, item, now: datetime) -> bool:
        """Whether it is still to be done, and did not fail a moment ago."""
        if self.kind == PUBLISH:
            planned = self.revision(item, now) is not None
        else:
            planned = item.live and item.expire_at is not None and item.expire_at <= now
        failure = ScheduleFailure.objects.filter(**self.what).first()
        return planned and (failure is None or failure.may_be_tried(self.at, now))


def all_due(now: datetime) -> list[Due]:
    """Everything whose time has come, in the order of its times; also what has failed before."""
    found = _publications(now)
    for content_type_id in _models():
        found += _expiries(content_type_id, now)
    return sorted(found, key=lambda due: due.place)


def _models() -> dict[int, Any]:
    """The models with drafts by their content types, each once: pages of all types are pages."""
    found = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    roots = [model for model in found if not set(found) & set(model._meta.get_parent_list())]
    kinds = ContentType.objects.get_for_models(*roots, for_concrete_models=False)
    return {kind.pk: model for model, kind in kinds.items()}


def _model(content_type_id: int) -> Any:
    return ContentType.objects.get_for_id(content_type_id).model_class()


def _publications(now: datetime) -> list[Due]:
    rows = Revision.objects.filter(approved_go_live_at__lte=now).values_list(
        "approved_go_live_at", "base_content_type_id", "object_id", "pk"
    )
    known = _models()
    return [Due(at, PUBLISH, kind, pk, text) for at, kind, pk, text in rows if kind in known]


def _expiries(content_type_id: int, now: datetime, **only) -> list[Due]:
    rows = _model(content_type_id)._base_manager.filter(live=True, expire_at__lte=now, **only)
    times = rows.values_list("expire_at", "pk")
    return [Due(at, EXPIRE, content_type_id, str(pk)) for at, pk in times]


def to_be_tried(now: datetime) -> list[Due]:
    """What is due, without what has failed and waits for its next attempt."""
    failures = {row.key: row for row in ScheduleFailure.objects.all()}
    return [
        due
        for due in all_due(now)
        if due.key not in failures or failures[due.key].may_be_tried(due.at, now)
    ]


def forget_given_up(now: datetime) -> None:
    """Forget the failures of what is no longer planned."""
    failures = {row.key: row.pk for row in ScheduleFailure.objects.all()}
    if failures:
        planned = {due.key for due in all_due(now)}
        given_up = [pk for key, pk in failures.items() if key not in planned]
        ScheduleFailure.objects.filter(pk__in=given_up).delete()


def publish_due() -> tuple[int, int]:
    """Do all that is due; how many were done, and how many failed."""
    now = timezone.now()
    done = failed = 0
    forget_given_up(now)
    waiting = to_be_tried(now)
    while waiting:
        due = waiting.pop(0)
        outcome = settle(due, now)
        done += outcome is True
        failed += outcome is False
        if outcome and due.kind == PUBLISH:
            for expiry in _expiry_of(due, now):  # its time was over while the clock stood still
                insort(waiting, expiry, key=lambda due: due.place)
    return done, failed


def _expiry_of(due: Due, now: datetime) -> list[Due]:
    return _expiries(due.content_type_id, now, pk=due.object_id)


def settle(due: Due, now: datetime) -> bool | None:
    """Do one item: True when it was done, False when it failed, None when nothing was to do."""
    try:
        try:
            return _carry_out(due, now)
        except OperationalError:  # a deadlock, mostly: the other one went first
            return _carry_out(due, now)
    # Whatever is wrong with one item (modelcluster raises a bare Exception, a receiver may raise
    # anything) must not hold up the others. When it was the database, telling fails as well.
    except Exception as error:
        logger.exception("What was due could not be done: %s %s", due.kind, due.object_id)
        return _failed(due, error, now)


@transaction.atomic
def _carry_out(due: Due, now: datetime) -> bool | None:
    lock_tree()  # before the item's own row: whoever moves the page takes them in this order
    item = due.lock()
    if item is None or not due.still_stands(item, now):
        return None
    if due.kind == PUBLISH:
        _publish(due.revision(item, now), due.at)
    else:
        take_down(item, set_expired=True, log_action="wagtail.unpublish.scheduled")
    ScheduleFailure.objects.filter(**due.what).delete()
    return True


def _publish(revision: Revision, at: datetime) -> None:
    """Make a text live that was approved for `at`, whatever later time the text itself carries."""
    if names := gone(revision):
        message = _("“%(field)s” names something that has been deleted.")
        raise ValidationError([ValidationError(message, params={"field": n}) for n in names])
    is_page = isinstance(revision.content_object, Page)
    Action = PublishPageRevisionAction if is_page else PublishRevisionAction
    action = Action(revision, log_action="wagtail.publish.scheduled")
    item = action.object
    if item.expire_at and item.expire_at <= at:
        raise ValidationError({"expire_at": _("The text would expire before it goes live.")})
    if item.go_live_at:
        item.go_live_at = min(item.go_live_at, at)
    action.execute(skip_permission_checks=True)


def take_down(item, **how) -> None:
    """Take an item down; a text that is to replace it later stays planned, unlike in Wagtail."""
    planned = item.revisions.exclude(approved_go_live_at=None)
    times = dict(planned.values_list("pk", "approved_go_live_at"))
    item.unpublish(**how)
    for pk, at in times.items():
        Revision.objects.filter(pk=pk).update(approved_go_live_at=at)


@transaction.atomic
def _failed(due: Due, error: Exception, now: datetime) -> bool | None:
    """Keep what failed and tell its people once; None where another process has done it."""
    lock_tree()
    item = due.lock()
    if item is None or not due.still_stands(item, now):
        return None
    record(due.at, item, error, due.revision_id, **due.what)
    return False
