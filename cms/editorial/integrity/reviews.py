"""Reviews: a running one has exactly one open task, and that task the page's latest text."""

from collections.abc import Iterable
from functools import partial

from django.db.models import CharField, Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Task, TaskState, WorkflowState

from cms.editorial.integrity.registry import NotMended, Violation, check
from cms.editorial.models import ReviewState
from cms.editorial.rule import content_hash

RUNNING = WorkflowState.STATUS_IN_PROGRESS
OPEN = TaskState.STATUS_IN_PROGRESS


def _pages():
    return Page.objects.annotate(own_id=Cast("pk", CharField(max_length=255)))


def reviews(there: bool = True):
    """The reviews of pages, of those that are there or of those that are gone."""
    page = _pages().filter(own_id=OuterRef("object_id"))
    states = WorkflowState.objects.filter(base_content_type__model="page")
    return states.annotate(there=Exists(page)).filter(there=there)


def _subject(review: WorkflowState) -> str:
    return f"review {review.pk}"


@check("review.gone", order=70)
def reviews_of_pages_that_are_gone():
    for review in reviews(there=False).filter(status__in=[RUNNING, "needs_changes"]):
        message = f"It goes on, and page {review.object_id} is gone."
        yield Violation("review.gone", _subject(review), message, partial(_end, review.pk))


def _end(pk: int) -> str:
    """Past WorkflowState.cancel(), which would tell it to the page."""
    review = reviews(there=False).get(pk=pk)
    WorkflowState.objects.filter(pk=pk).update(status=WorkflowState.STATUS_CANCELLED)
    _close(review.task_states.filter(status=OPEN))
    return "the review is cancelled"


def _close(tasks) -> int:
    return tasks.update(status=TaskState.STATUS_CANCELLED, finished_at=timezone.now())


@check("review.over", order=71)
def open_tasks_of_reviews_that_are_over():
    for task in _open_tasks().exclude(workflow_state__status=RUNNING):
        message = f"Task {task.pk} is open, and review {task.workflow_state_id} is over."
        yield Violation("review.over", f"task {task.pk}", message, partial(_close_one, task.pk))


def _open_tasks():
    return TaskState.objects.filter(status=OPEN, workflow_state__in=reviews())


def _close_one(pk: int) -> str:
    task = TaskState.objects.filter(pk=pk, status=OPEN).exclude(workflow_state__status=RUNNING)
    if not _close(task):
        raise NotMended("it was closed meanwhile")
    return "the task is cancelled"


@check("review.task", order=72)
def reviews_without_exactly_one_open_task():
    count = Count("task_states", filter=Q(task_states__status=OPEN))
    for review in reviews().filter(status=RUNNING).annotate(number=count):
        if review.number != 1:
            message = f"The review of page {review.object_id} has {review.number} open tasks."
        elif not _is_current(review):
            message = f"The review of page {review.object_id} stands at another task than the open "
            message += "one."
        else:
            continue
        yield Violation("review.task", _subject(review), message, partial(_one_task, review.pk))


def _is_current(review: WorkflowState) -> bool:
    return review.task_states.filter(status=OPEN, pk=review.current_task_state_id).exists()


def _one_task(pk: int) -> str:
    """Keep the current task where it is open, else begin the review anew."""
    review = WorkflowState.objects.select_for_update().get(pk=pk, status=RUNNING)
    if not _is_current(review):
        return _restart(review)
    _close(review.task_states.filter(status=OPEN).exclude(pk=review.current_task_state_id))
    return f"task {review.current_task_state_id} alone is open now"


def _restart(review: WorkflowState) -> str:
    """From the first task, so that nothing counts as approved that is not."""
    tasks = Task.objects.filter(workflow_tasks__workflow=review.workflow, active=True)
    first = tasks.order_by("workflow_tasks__sort_order").first()
    if first is None:
        raise NotMended("its workflow has no active task")
    _close(review.task_states.filter(status=OPEN))
    review.current_task_state = None
    review.save()
    review.update(next_task=first)
    return f"the review begins anew with “{first.name}”"


@check("review.text", order=73)
def reviews_of_earlier_texts():
    """Somebody would approve what is not the page's text any more."""
    latest = _pages().filter(own_id=OuterRef("workflow_state__object_id"))
    tasks = _open_tasks().filter(workflow_state__status=RUNNING)
    tasks = tasks.annotate(latest=Subquery(latest.values("latest_revision_id")[:1]))
    changed = _changed(tasks)
    for task in tasks.select_related("workflow_state"):
        review = task.workflow_state
        if task.revision_id != task.latest or task.pk in changed:
            message = f"The review of page {review.object_id} has revision {task.revision_id}, and "
            message += f"the page's text of now is in revision {task.latest}."
            repair = partial(_review_latest, review.pk)
            yield Violation("review.text", _subject(review), message, repair)


def _changed(tasks: Iterable[TaskState]) -> set[int]:
    """The tasks whose revision was overwritten after the review of it began."""
    states = ReviewState.objects.filter(pk__in=[task.pk for task in tasks])
    found = states.select_related("revision")
    return {one.pk for one in found if one.content_hash != content_hash(one.revision)}


def _review_latest(pk: int) -> str:
    return _restart(WorkflowState.objects.select_for_update().get(pk=pk, status=RUNNING))
