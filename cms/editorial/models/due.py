"""What the clock leaves behind: that it ticked, and what it could not do."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tick(models.Model):
    """When a regular piece of work was last done; one row for each."""

    name = models.CharField(primary_key=True, max_length=50)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.name}: {self.at}"


class ScheduleFailure(models.Model):
    """A publication or expiry that was due and failed; gone when it has succeeded."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("publication")
        EXPIRE = "expire", _("expiry")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    item = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    kind = models.CharField(_("what failed"), max_length=10, choices=Kind)
    error = models.TextField(_("error"))
    first_at = models.DateTimeField(_("since"), auto_now_add=True)
    last_at = models.DateTimeField(_("last tried"), auto_now=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=1)

    class Meta:
        verbose_name = _("failed schedule")
        verbose_name_plural = _("failed schedules")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "kind"], name="one_failure_an_item"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}: {self.error}"
