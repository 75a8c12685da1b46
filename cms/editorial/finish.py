"""What happens when a review has ended well, or was passed over in an emergency.

Wagtail imports this module while it loads its models: nothing of them stands at the top.
"""

from django.apps import apps
from django.db import transaction


def publish_reviewed(workflow_state, user=None) -> None:
    """Publish exactly the text that was approved last, at the time that was asked for.

    The time named with the approval counts, else the one that the text itself carries. A review
    that ends because its steps were taken away has approved nothing: raises NotReviewed.
    """
    revision = workflow_state.current_task_state.revision
    approvals = apps.get_model("editorial.ReviewState").approvals(workflow_state, revision)
    apps.get_model("editorial.Clearance").objects.reviewed(workflow_state, revision, user)
    moments = [approval.go_live_at for approval in approvals if approval.go_live_at]
    if moments:
        schedule(revision, max(moments), user)
    else:
        revision.publish(user=user, skip_permission_checks=True)


def schedule(revision, moment, user=None) -> None:
    """Let a cleared text go live at a later time; what is live stays until then."""
    from wagtail.log_actions import log

    page = revision.as_object()
    page.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    revision.approved_go_live_at = moment
    revision.save(update_fields=["approved_go_live_at"])
    facts = {"id": revision.pk, "go_live_at": moment.isoformat(), "has_live_version": page.live}
    facts["created"] = revision.created_at.isoformat()
    log(page, "wagtail.publish.schedule", user=user, data={"revision": facts}, revision=revision)


@transaction.atomic
def publish_in_emergency(page, user, reason: str) -> None:
    """Publish a page's latest text without review, for a reason that is kept; ends its review.

    Raises ValueError without a reason, PermissionError for anybody but an administrator.
    """
    from wagtail.log_actions import log

    if not (user.is_active and user.is_superuser):
        raise PermissionError("Only administrators publish in an emergency.")
    revision = page.get_latest_revision() or page.save_revision(user=user)
    apps.get_model("editorial.Clearance").objects.emergency(revision, user, reason)
    if page.current_workflow_state:
        page.current_workflow_state.cancel(user=user)
    log(page, "cms.publish.emergency", user=user, data={"reason": reason}, revision=revision)
    revision.publish(user=user, skip_permission_checks=True)
