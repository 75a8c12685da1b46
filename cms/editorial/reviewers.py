"""Who has a review now, and what waits for whom; in a few queries however many reviews are open."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet, Value
from wagtail.models import (
    AbstractGroupApprovalTask,
    Page,
    Task,
    TaskState,
    WorkflowState,
    get_default_page_content_type,
)

from cms.editorial import roles
from cms.editorial.models import FourEyesTask
from cms.editorial.models.tasks import AbstractFourEyesTask, authors
from cms.editorial.rule import groups_of_person

AT_ONCE = 100
"""How many questions after groups go into one query; SQLite takes no more than 500."""


@dataclass
class OpenReview:
    """A step of a review that waits for somebody of these groups."""

    state: TaskState
    task: Task
    page: Page
    groups: list[Group] = field(default_factory=list)

    @property
    def authors(self) -> set:
        return authors(self.page, self.state.workflow_state)

    @property
    def sender_id(self) -> int | None:
        return self.state.workflow_state.requested_by_id

    def waits_for(self, user, group_ids: Container[int]) -> bool:
        """Whether this person, who is in these groups, may approve or send back."""
        mine = user.is_superuser or any(group.pk in group_ids for group in self.groups)
        return user.is_active and mine and user.pk not in self.authors


def groups_of(task: Task, page: Page) -> QuerySet:
    """The groups whose members may act on a task; none where nobody has to."""
    if isinstance(task, AbstractFourEyesTask):
        return task.groups_for(page)
    if isinstance(task, AbstractGroupApprovalTask):
        return task.groups.all()
    return Group.objects.none()


def open_states() -> QuerySet:
    """The steps of reviews of pages that are open."""
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=get_default_page_content_type(),
    )


def open_steps() -> list[TaskState]:
    """All open steps of reviews of pages; what waits longest comes first."""
    steps = open_states().select_related("workflow_state__requested_by")
    return list(steps.order_by("started_at", "pk"))


def open_reviews(steps: list[TaskState], pages: dict[int, Page]) -> list[OpenReview]:
    """Open steps with their pages and groups; those whose page is gone are left out."""
    wanted = Task.objects.filter(pk__in={step.task_id for step in steps})
    tasks = {task.pk: task for task in wanted.specific()}
    reviews = [
        OpenReview(step, tasks[step.task_id], page)
        for step in steps
        if (page := pages.get(page_id_of(step)))
    ]
    _find_groups(reviews)
    return reviews


def page_id_of(step: TaskState) -> int:
    return int(step.workflow_state.object_id)


def pages_of(ids: Iterable) -> dict[int, Page]:
    """Pages by id, in one query, with who changed them last but without their texts."""
    pages = Page.objects.filter(pk__in={int(pk) for pk in ids})
    found = {}
    for page in pages.select_related("latest_revision").defer("latest_revision__content"):
        found[page.pk] = page.specific_deferred
        found[page.pk].latest_revision = page.latest_revision
    return found


def _find_groups(reviews: list[OpenReview]) -> None:
    """Ask for the groups of all reviews at once; reviews that ask the same share the question."""
    questions: dict[str, QuerySet] = {}
    asked = []
    for review in reviews:
        groups = groups_of(review.task, review.page).order_by()
        if not groups.query.is_empty():
            questions.setdefault(str(groups.query), groups)
            asked.append((review, str(groups.query)))
    answers = _answer(list(questions.values()))
    numbers = {question: number for number, question in enumerate(questions)}
    for review, question in asked:
        review.groups = answers.get(numbers[question], [])


def _answer(questions: list[QuerySet]) -> dict[int, list[Group]]:
    """The groups of each question, by its place in the list."""
    found: dict[int, list[Group]] = {}
    for start in range(0, len(questions), AT_ONCE):
        first, *others = (
            groups.annotate(number=Value(start + place)).values_list("pk", "name", "number")
            for place, groups in enumerate(questions[start : start + AT_ONCE])
        )
        for pk, name, number in first.union(*others, all=True):
            found.setdefault(number, []).append(Group(pk=pk, name=name))
    return found


def waiting_for(user) -> list[OpenReview]:
    """The reviews in which this person may act now; what waits longest comes first."""
    steps = open_steps()
    reviews = open_reviews(steps, pages_of(page_id_of(step) for step in steps))
    groups = groups_of_person(user) if reviews else {}
    return [review for review in reviews if review.waits_for(user, groups)]


def reviewed_by(user, besides: Container[int] = ()) -> set[int]:
    """The ids of the pages in review that this person may open, also as one of their authors."""
    groups = {} if user.is_superuser else groups_of_person(user)
    steps = open_steps() if groups and reviews_at_all(user, groups) else []
    steps = [step for step in steps if page_id_of(step) not in besides]
    reviews = open_reviews(steps, pages_of(map(page_id_of, steps))) if steps else []
    return {
        review.page.pk for review in reviews if any(group.pk in groups for group in review.groups)
    }


def reviews_at_all(user, groups: dict[int, str]) -> bool:
    """Whether reviewing is part of the role of this person, who is in these groups."""
    prefixes = (roles.language_reviewers(""), roles.partner_editors(""))
    if user.is_superuser or any(name.startswith(prefixes) for name in groups.values()):
        return True
    return FourEyesTask.objects.filter(active=True, groups__in=groups).exists()


def members_of(groups: list[Group]) -> dict[int, list]:
    """{group's id: its active members}"""
    found: dict[int, list] = {}
    user_model = get_user_model()
    rows = user_model.groups.through.objects.filter(
        group_id__in={group.pk for group in groups}, user__is_active=True
    )
    for row in rows.select_related("user").order_by("user__pk"):
        found.setdefault(row.group_id, []).append(row.user)
    return found


def reviewers(task: Task, page: Page, workflow_state: WorkflowState) -> list:
    """The people who may act on a task, each once; administrators only where nobody else may."""
    people = get_user_model().objects.filter(is_active=True)
    others = people.exclude(pk__in=[pk for pk in authors(page, workflow_state) if pk])
    members = others.filter(groups__in=groups_of(task, page)).distinct()
    return list(members) or list(others.filter(is_superuser=True))
