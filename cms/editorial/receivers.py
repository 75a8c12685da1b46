"""What follows a save: a review goes on with the new text, a partner keeps its rights."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowState

from cms.editorial import roles, workflows
from cms.editorial.rule import revision_saved

HOME_DEPTH = 2


@receiver(revision_saved)
def review_follows(page, revision, user, **kwargs):
    """A text that was saved during its review is reviewed anew, from the first step."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        return
    current = state.current_task_state
    if current.status == TaskState.STATUS_IN_PROGRESS and current.revision_id != revision.pk:
        current.specific.cancel(user=user)


@receiver(post_save)
def partner_keeps_its_page(instance, raw=False, **kwargs):
    if isinstance(instance, Page) and hasattr(instance, "confirming_group") and not raw:
        roles.let_partner_edit(instance)


@receiver(post_save)
def new_section_is_reviewed(instance, created=False, raw=False, **kwargs):
    """A new home page or section gets its workflow and its people, once the site is set up."""
    if not created or raw or not hasattr(instance, "confirming_group"):
        return
    name = workflows.workflow_name(instance)
    workflow = Workflow.objects.filter(name=name).first() if name else None
    if workflow:
        WorkflowPage.objects.get_or_create(page_id=instance.pk, defaults={"workflow": workflow})
        if instance.depth == HOME_DEPTH:
            roles.let_staff_edit(instance)
