"""What may go live: a revision with the very text that was approved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowState

from cms.editorial.rule import content_hash


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def reviewed(self, workflow_state, revision, user) -> "Clearance":
        """Clear the text that a workflow has approved."""
        return self._give(revision, user, workflow_state=workflow_state)

    def emergency(self, revision, user, reason: str) -> "Clearance":
        """Clear a text without review; raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("An emergency publication needs a reason.")
        return self._give(revision, user, reason=reason.strip())

    def emergencies(self) -> "ClearanceQuerySet":
        return self.exclude(reason="")

    def _give(self, revision, user, **facts) -> "Clearance":
        return self.create(
            revision=revision, content_hash=content_hash(revision), given_by=user, **facts
        )


class Clearance(models.Model):
    """One text that may go live, by a workflow or, with a reason, by an administrator alone."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="clearances")
    content_hash = models.CharField(max_length=64)
    workflow_state = models.ForeignKey(
        WorkflowState, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    given_at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")

    def __str__(self):
        return f"{self.revision_id}: {self.reason or self.workflow_state_id}"
