"""What the clock leaves behind: that it ticked, and what it could not do."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_WAIT = 60
"""Minutes between two attempts, however often it has failed."""


class TickQuerySet(models.QuerySet):
    def write(self, name: str) -> None:
        """Remember that this piece of work was done just now."""
        self.update_or_create(name=name, defaults={"at": timezone.now()})

    def is_silent(self, name: str, since: timedelta) -> bool:
        """Whether this piece of work was not done for so long, or never."""
        return not self.filter(name=name, at__gt=timezone.now() - since).exists()


class Tick(models.Model):
    """When a regular piece of work was last done; one row for each."""

    name = models.CharField(primary_key=True, max_length=50)
    at = models.DateTimeField()

    objects = TickQuerySet.as_manager()

    def __str__(self):
        return f"{self.name}: {self.at}"


class ScheduleFailureQuerySet(models.QuerySet["ScheduleFailure"]):
    def record(self, at: datetime, error: str, **what) -> tuple["ScheduleFailure", bool]:
        """Count a failure of what was due `at`; whether it is the first of this schedule.

        What failed before it was due at that time was another schedule of the same item.
        """
        self.filter(**what, last_at__lt=at).delete()
        failure, first = self.get_or_create(**what, defaults={"error": error})
        if not first:
            failure.attempts += 1
            failure.error = error
            failure.save()
        return failure, first


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

    objects = ScheduleFailureQuerySet.as_manager()

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

    @property
    def key(self) -> tuple:
        """What it stands for, as it is told what is due."""
        return (self.content_type_id, self.object_id, self.kind)

    def may_be_tried(self, at: datetime, now: datetime) -> bool:
        """Whether it is time again for what is due `at`: after 1, 2, 4 ... minutes, then hourly.

        Some seconds early, as two ticks of the clock are never a minute apart to the second.
        """
        minutes = min(2 ** min(self.attempts - 1, 10), LONGEST_WAIT)
        wait = timedelta(minutes=minutes) - timedelta(seconds=10)
        return self.last_at < at or self.last_at + wait <= now
