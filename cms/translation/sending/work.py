"""Working off what somebody has sent: item by item, in any number of processes.

Each item is one transaction, with its draft, its log entry and its own mark: a process that is
killed leaves it waiting, and whoever goes on, now or tomorrow, does nothing twice.
"""

import logging
from collections.abc import Iterable
from datetime import date

from django.db import OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from cms.editorial.rule import Refused
from cms.models.tree import lock_tree
from cms.translation.letters import tell_translators
from cms.translation.models import Sending, SendingItem
from cms.translation.sending.parcel import NOT_ALLOWED, Parcel

logger = logging.getLogger(__name__)

AT_ONCE = 40
"""Items that a task does before it makes way for others."""

SOON = 10
"""Before the work on indexes; somebody looks at the progress."""

WAITING, DONE, FAILED = SendingItem.State.WAITING, SendingItem.State.DONE, SendingItem.State.FAILED


@transaction.atomic
def begin(user, items: Iterable[tuple[Page, Locale]], due_on: date | None, ahead: bool) -> Sending:
    """Write down what is to be sent, in this order; it is done by `work_off()` or `hand_over()`."""
    sending = Sending.objects.create(sent_by=user, due_on=due_on, ahead=ahead)
    rows = [
        SendingItem(sending=sending, page_id=page.pk, title=page.title, locale=locale)
        for page, locale in items
    ]
    SendingItem.objects.bulk_create(rows, batch_size=500)
    return sending


def hand_over(sending: Sending) -> None:
    """Leave it to the worker: it begins soon, and goes on in turns with what else there is."""
    Sending.objects.filter(pk=sending.pk).update(asked_at=timezone.now())
    can_hurry = go_on.get_backend().supports_priority
    (go_on.using(priority=SOON) if can_hurry else go_on).enqueue(sending.pk)


@task()
def go_on(sending_id: int) -> None:
    """Do some of what is left, and ask to be called again; all at once where nobody would."""
    while work_off(sending_id, AT_ONCE):
        if go_on.get_backend().supports_defer:
            go_on.enqueue(sending_id)
            return


def work_off(sending_id: int, limit: int | None = None) -> bool:
    """Do up to `limit` items that wait, None for all; whether there may be more."""
    sending = Sending.objects.select_related("sent_by").filter(pk=sending_id).first()
    if sending is None:
        return False
    run = Run(sending)
    done = 0
    with translation.override(_language(sending.sent_by)):
        while limit is None or done < limit:
            if not run.step():
                finish(sending_id)
                return False
            done += 1
    return True


def _language(user) -> str | None:
    """In which the reasons of refusals are told; None for that of the process."""
    return UserProfile.get_for_user(user).preferred_language or None if user else None


class Run:
    """One process on its way through a sending; others may be on theirs."""

    def __init__(self, sending: Sending):
        self.sending = sending
        self.item: SendingItem | None = None
        self.parcel: Parcel | None = None

    def step(self) -> bool:
        """Do the next item; False where none is left."""
        try:
            try:
                return self._carry_out()
            except OperationalError:  # a deadlock, mostly: the other one went first
                return self._carry_out()
        except Refused as refusal:
            reason = str(refusal)
        # Whatever is wrong with one page (a field, a receiver) must not hold up the others.
        except Exception as error:
            logger.exception("A page could not be sent: %s", self.item)
            reason = _("This page made an error: %(error)s") % {"error": error}
        self.parcel = None
        self._fail(reason)
        return True

    @transaction.atomic
    def _carry_out(self) -> bool:
        lock_tree()
        self.item = self._next()
        if self.item is None:
            return False
        sent = self._parcel(self.item.page_id).send(self.item.locale)
        self._mark(state=DONE, reason="", assignment=sent.assignment, is_news=sent.is_news)
        return True

    def _next(self) -> SendingItem | None:
        """The first that waits, read while nobody else can take it."""
        waiting = SendingItem.objects.filter(sending=self.sending, state=WAITING)
        return waiting.filter(sending__cancelled_at=None).select_related("locale").first()

    def _parcel(self, page_id: int) -> Parcel:
        sending = self.sending
        if sending.sent_by is None or not sending.sent_by.is_active:
            raise Refused(NOT_ALLOWED)
        if self.parcel is None or self.parcel.page_id != page_id:
            self.parcel = Parcel(page_id, sending.sent_by, sending.due_on, sending.ahead)
        return self.parcel

    @transaction.atomic
    def _fail(self, reason: str) -> None:
        lock_tree()
        self._mark(state=FAILED, reason=reason)

    def _mark(self, **facts) -> None:
        if self.item:
            still = SendingItem.objects.filter(pk=self.item.pk, state=WAITING)
            still.update(done_at=timezone.now(), **facts)


@transaction.atomic
def finish(sending_id: int) -> None:
    """Tell the translators of what was done, once, when nothing is left or it was cancelled."""
    sending = Sending.objects.select_for_update().get(pk=sending_id)
    waiting = sending.items.filter(state=WAITING).exists()
    if waiting and sending.cancelled_at is None:
        return
    if not waiting and sending.finished_at is None:
        sending.finished_at = timezone.now()
        sending.save(update_fields=["finished_at"])
    news = sending.items.filter(is_news=True)
    assignments = [item.assignment for item in news.select_related("assignment__translation")]
    news.update(is_news=False)
    if assignments:
        tell_translators([one for one in assignments if one])


@transaction.atomic
def cancel(sending: Sending) -> None:
    """Leave what waits undone; what is done stays."""
    Sending.objects.unfinished().filter(pk=sending.pk).update(cancelled_at=timezone.now())
    finish(sending.pk)


@transaction.atomic
def resume(sending: Sending) -> None:
    """Go on with what is left, and try again what was not sent."""
    sending.items.filter(state=FAILED).update(state=WAITING, reason="", done_at=None)
    Sending.objects.filter(pk=sending.pk).update(cancelled_at=None, finished_at=None)
    hand_over(sending)


def resume_forsaken() -> int:
    """Hand over again what a worker has left half done; how many sendings."""
    found = list(Sending.objects.forsaken(timezone.now()))
    for sending in found:
        hand_over(sending)
    return len(found)
