"""The workflows of DESIGN, assigned to the right parts of every locale's tree.

A page type names its workflow in `review_workflow`; what stands below it is reviewed by it too.
"""

from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, Task, Workflow, WorkflowPage, WorkflowTask

from cms.editorial.models import (
    ContentCheckTask,
    FourEyesTask,
    LanguageReviewTask,
    PartnerApprovalTask,
)
from cms.editorial.roles import PUBLISHERS
from cms.editorial.rule import outside_bin

EDITORIAL_REVIEW = "Editorial review"
PUBLICATION_RELEASE = "Publication release"
PARTNER_PROFILE = "Partner profile"
TRANSLATION_REVIEW = "Translation review"

Step = tuple[type[Task], str]
"""A step of a review: what kind of task it is, and its name."""

CONTENT_CHECK: Step = (ContentCheckTask, "Content check")
PUBLISHER_APPROVES: Step = (FourEyesTask, "Approval by a publisher")
PARTNER_CONFIRMS: Step = (PartnerApprovalTask, "Confirmation by the partner")
LANGUAGE_REVIEW: Step = (LanguageReviewTask, "Review by a language reviewer")

STEPS = {
    EDITORIAL_REVIEW: [CONTENT_CHECK, PUBLISHER_APPROVES],
    PUBLICATION_RELEASE: [CONTENT_CHECK, PUBLISHER_APPROVES],
    PARTNER_PROFILE: [CONTENT_CHECK, PARTNER_CONFIRMS, PUBLISHER_APPROVES],
    TRANSLATION_REVIEW: [LANGUAGE_REVIEW],
}


def setup_workflows() -> list[str]:
    """Make and assign the workflows where they are missing or changed; says what it did."""
    said = remove_wagtails_own()
    for name, steps in STEPS.items():
        _steps(_workflow(name, said), [_task(step, said) for step in steps], said)
    for page in outside_bin(Page.objects.filter(depth__gt=1)).specific(defer=True):
        name = workflow_name(page)
        if name:
            assign(page, name, said)
    return said


def workflow_name(page) -> str | None:
    """The workflow that is assigned to this very page, by its place and type; None for most."""
    own = getattr(page.specific_class, "review_workflow", None)
    if page.depth > 2 and own is None:
        return None
    source = page.locale_id == Locale.get_default().pk
    if page.depth == 2:
        return EDITORIAL_REVIEW if source else TRANSLATION_REVIEW
    return own if source else None


def assign(page, name: str, said: list[str]) -> None:
    """Let a workflow review a page and all below it; what is assigned by hand stays."""
    made = WorkflowPage.objects.get_or_create(
        page_id=page.pk, defaults={"workflow": Workflow.objects.get(name=name)}
    )[1]
    if made:
        said.append(f"{page.url_path}: {name} assigned.")


def _workflow(name: str, said: list[str]) -> Workflow:
    workflow, made = Workflow.objects.get_or_create(name=name, defaults={"active": True})
    if made or not workflow.active:
        workflow.active = True
        workflow.save()
        said.append(f"Workflow {name} made.")
    return workflow


def _task(step: Step, said: list[str]) -> Task:
    model, name = step
    task, made = model.objects.get_or_create(name=name)
    if made:
        said.append(f"Task {name} made.")
    if not task.active:
        task.active = True
        task.save()
    if isinstance(task, FourEyesTask) and not task.groups.exists():
        task.groups.add(Group.objects.get(name=PUBLISHERS))
    return task


def _steps(workflow: Workflow, tasks: list[Task], said: list[str]) -> None:
    wanted = [task.pk for task in tasks]
    known = WorkflowTask.objects.filter(workflow=workflow).order_by("sort_order")
    if list(known.values_list("task_id", flat=True)) == wanted:
        return
    known.delete()
    for order, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=order)
    said.append(f"Steps of {workflow.name} set.")


def remove_wagtails_own() -> list[str]:
    """Wagtail's migrations leave a workflow and a group that know nothing of our rule."""
    said: list[str] = []
    for workflow in Workflow.objects.filter(name="Moderators approval"):
        WorkflowPage.objects.filter(workflow=workflow).delete()
        workflow.delete()
        said.append("Workflow Moderators approval removed.")
    Task.objects.filter(name="Moderators approval").delete()
    groups = Group.objects.filter(name="Moderators", user=None)
    if groups.exists():
        groups.delete()
        said.append("Group Moderators removed.")
    return said
