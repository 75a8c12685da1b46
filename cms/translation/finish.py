"""What happens when the review of a page or a translation has ended well.

Wagtail imports this module while it loads its models: nothing of them stands at the top.
"""

from django.apps import apps
from django.utils import timezone

from cms.editorial.finish import publish_reviewed


def finish(workflow_state, user=None) -> None:
    """Publish what was approved; a translation made from a text that is not public yet waits."""
    revision = workflow_state.current_task_state.revision
    basis = apps.get_model("translation.DraftBasis").objects.filter(revision=revision).first()
    if basis is None:
        publish_reviewed(workflow_state, user)
        return
    basis.refuse_incomplete()
    basis.note_review(user, timezone.now())
    if basis.precedes_its_source:
        apps.get_model("editorial.ReviewState").approvals(workflow_state, revision)
        apps.get_model("editorial.Clearance").objects.reviewed(workflow_state, revision, user)
        basis.wait()
    else:
        publish_reviewed(workflow_state, user)
