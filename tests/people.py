"""People with their roles, and what they do in a review; the values a test may change."""

import itertools

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from cms.editorial import roles
from cms.editorial.models import ContentCheckTask, FourEyesTask

EDIT = ("add", "change")
PUBLISH = ("add", "change", "publish", "lock", "unlock")

numbers = itertools.count(1)


def make_user(name: str = "", *groups: str, **fields):
    """An account in these groups, with an address for mails."""
    name = name or f"person-{next(numbers)}"
    values = {"email": f"{name}@example.org", "first_name": name.title()} | fields
    user = get_user_model().objects.create_user(name, **values)
    user.groups.set([roles.group(group) for group in groups])
    return user


def give(group: str, page: Page, *permissions: str) -> None:
    """Let a group do these things with a page and what lies below it."""
    for name in permissions:
        GroupPagePermission.objects.get_or_create(
            group=roles.group(group),
            page=page,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{name}_page"
            ),
        )


def make_editor(page: Page, name: str = ""):
    """Somebody who writes below a page."""
    give(roles.EDITORS, page, *EDIT)
    return make_user(name, roles.EDITORS)


def make_publisher(page: Page, name: str = ""):
    """Somebody who reviews and publishes below a page."""
    give(roles.PUBLISHERS, page, *PUBLISH)
    return make_user(name, roles.PUBLISHERS)


def signed_in(user) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def assign_workflow(page: Page, *tasks, name: str = "Editorial review") -> Workflow:
    """The workflow that reviews a page and what lies below it: a check, then four eyes.

    The tasks may be named instead.
    """
    workflow, _ = Workflow.objects.get_or_create(name=name, defaults={"active": True})
    WorkflowTask.objects.filter(workflow=workflow).delete()
    for number, task in enumerate(tasks or (check(), four_eyes())):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=number)
    WorkflowPage.objects.update_or_create(page=Page(pk=page.pk), defaults={"workflow": workflow})
    return workflow


def check(name: str = "Content check") -> ContentCheckTask:
    return ContentCheckTask.objects.get_or_create(name=name)[0]


def four_eyes(*groups: str, name: str = "Four eyes") -> FourEyesTask:
    """The task in which these groups review, the publishers where none is named."""
    task, _ = FourEyesTask.objects.get_or_create(name=name)
    task.groups.set([roles.group(group) for group in groups or (roles.PUBLISHERS,)])
    return task


def current(page: Page) -> Page:
    """The page as the database has it now."""
    return Page.objects.get(pk=page.pk).specific


def save(page: Page, user, **fields):
    """Save a draft with changed fields; its revision."""
    draft = current(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user, log_action=True)


def submit(page: Page, user, **fields):
    """Save a draft and send it to review, again where it was sent back; the workflow state."""
    save(page, user, **fields)
    draft = current(page)
    state = draft.current_workflow_state
    if state:
        state.resume(user=user)
    else:
        state = draft.get_workflow().start(draft, user)
    state.refresh_from_db()
    return state


def act(page: Page, user, action: str, **said) -> None:
    state = current(page).current_workflow_task_state.specific
    state.task.specific.on_action(state, user, action, **said)


def approve(page: Page, user, comment: str = "", **said) -> None:
    act(page, user, "approve", comment=comment, **said)


def send_back(page: Page, user, comment: str = "Please mend this.") -> None:
    act(page, user, "reject", comment=comment)


def action_url(page: Page, action: str) -> str:
    """The address under which the page's open review is approved or sent back."""
    state = current(page).current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
