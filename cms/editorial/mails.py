"""Mails about reviews, written in the reader's language and sent by the worker.

Wagtail's own notifiers send inside the request, and know only its own kind of task.
A mail is a task of its own: what fails is tried again, and nobody gets another one twice.
"""

from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task
from wagtail.admin.mail import send_mail
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail.users.models import UserProfile

from cms.editorial.letters import Event, letter
from cms.editorial.reviewers import reviewers

QUIET = timedelta(hours=1)
"""How long reviewers hear nothing of further changes to a text that they were told of."""

TRIES = 5
WAIT = timedelta(minutes=5)


@receiver(task_submitted)
def submitted(instance, **kwargs):
    _afterwards(tell_reviewers, instance.pk)


@receiver(workflow_rejected)
def sent_back(instance, user=None, **kwargs):
    _afterwards(tell_authors, Event.SENT_BACK, instance.current_task_state_id, user and user.pk)


@receiver(workflow_approved)
def approved(instance, user=None, **kwargs):
    if instance.current_task_state_id:
        _afterwards(tell_authors, Event.APPROVED, instance.current_task_state_id, user and user.pk)


def _afterwards(job, *ids) -> None:
    transaction.on_commit(lambda: job.enqueue(*ids))


def nobody(**kwargs) -> None:
    """Stands where Wagtail's own notifiers would, which send inside the request."""


def silence_wagtail() -> None:
    """Take the places of Wagtail's notifiers, whether they are connected yet or not."""
    places = [(task_submitted, TaskState, "group_approval_task_submitted_email_notification")]
    for signal, event in (
        (workflow_submitted, "submitted"),
        (workflow_rejected, "rejected"),
        (workflow_approved, "approved"),
    ):
        places.append((signal, WorkflowState, f"workflow_state_{event}_email_notification"))
    for signal, sender, name in places:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(nobody, sender=sender, dispatch_uid=name)


@task()
def tell_reviewers(state_id: int) -> int:
    """Send a mail to each person who may review now; how many. None where the step is over."""
    state = _step(state_id)
    if state is None or not is_open(state) or not is_news(state):
        return 0
    review = state.workflow_state
    people = reviewers(state.task.specific, review.content_object, review)
    return _send_to(people, Event.SUBMITTED, state_id)


@task()
def tell_authors(event: str, state_id: int, actor_id: int | None) -> int:
    """Send a mail to who submitted a text and, where it is sent back, who changed it last."""
    state = _step(state_id)
    if state is None:
        return 0
    people = {state.workflow_state.requested_by_id}
    if event == Event.SENT_BACK:
        people.add(state.revision.user_id)
    if state.finished_by_id:  # the content check is nobody, and its answer goes to everybody
        people.discard(actor_id)
    users = get_user_model().objects.filter(pk__in=[pk for pk in people if pk], is_active=True)
    return _send_to(users, event, state_id)


def _step(state_id: int) -> TaskState | None:
    """A step of a review of a page; None where the step or its page is gone."""
    states = TaskState.objects.select_related(
        "workflow_state__requested_by", "workflow_state__current_task_state", "revision", "task"
    )
    state = states.filter(pk=state_id).first()
    page = state and state.workflow_state.content_object
    return state if isinstance(page, Page) else None


def is_open(state: TaskState) -> bool:
    """Whether this step still waits for somebody, be it for a text that was changed since."""
    now = state.workflow_state.current_task_state
    same = now is not None and now.task_id == state.task_id
    return same and now.status == TaskState.STATUS_IN_PROGRESS


def is_news(state: TaskState) -> bool:
    """Whether reviewers have not been told of this step within the last hour.

    A text that is changed while it is reviewed starts the step anew each time.
    """
    told_at, news = None, False
    for other in state.workflow_state.task_states.filter(pk__lte=state.pk).order_by("pk"):
        if other.task_id == state.task_id:
            news = told_at is None or other.started_at - told_at >= QUIET
            told_at = other.started_at if news else told_at
        if other.status == TaskState.STATUS_REJECTED:
            told_at = None
    return news


def _send_to(people: Iterable, event: str, state_id: int) -> int:
    people = list(people)
    with transaction.atomic():
        for user in people:
            send.enqueue(event, state_id, user.pk)
    return len(people)


@task()
def send(event: str, state_id: int, user_id: int, tried: int = 0) -> bool:
    """Write and send one mail; whether it was sent. What the mail server refuses comes again."""
    user = get_user_model().objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    state = _step(state_id)
    if user is None or state is None or not _wants(user, event):
        return False
    if event == Event.SUBMITTED and not is_open(state):
        return False
    profile = UserProfile.get_for_user(user)
    with translation.override(profile.preferred_language or settings.LANGUAGE_CODE):
        subject, context = letter(event, state)
        context |= {"user": user, "settings": settings}
        text = render_to_string("editorial/mails/mail.txt", context).strip()
        html = render_to_string("editorial/mails/mail.html", context)
    try:
        send_mail(subject, text, [user.email], html_message=html)
    except (SMTPException, OSError):
        if tried + 1 >= TRIES or not send.get_backend().supports_defer:
            raise
        again = send.using(run_after=timezone.now() + WAIT * 2**tried)
        again.enqueue(event, state_id, user_id, tried + 1)
        return False
    return True


def _wants(user, event: str) -> bool:
    return getattr(UserProfile.get_for_user(user), f"{event}_notifications")
