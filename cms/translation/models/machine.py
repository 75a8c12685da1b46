"""How far the machine translation of a page is, and what the service has said."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

SILENCE = timedelta(minutes=10)
"""A run of which nothing was heard for so long is taken for dead."""


class Fault(models.TextChoices):
    """Why a run ended before all texts were answered."""

    QUOTA = "quota", _("The service has translated all that was paid for; nothing more was sent.")
    KEY = "key", _("The service does not know our key; an administrator has to look at it.")
    BUSY = "busy", _("The service is too busy; try again later.")
    AWAY = "away", _("The service does not answer; try again later.")
    ANSWER = "answer", _("The service answers with something that is no translation.")
    CLOSED = "closed", _("The translation could not be changed any more.")


class MachineRun(models.Model):
    """The texts of one translation on their way to a machine and back, the last time."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    translation = models.OneToOneField(
        Translation, on_delete=models.CASCADE, related_name="machine_run"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    fault = models.CharField(max_length=10, choices=Fault, blank=True)
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    unusable = models.PositiveIntegerField(default=0)
    characters = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("machine translation")
        verbose_name_plural = _("machine translations")

    def __str__(self):
        return f"{self.translation_id}: {self.answered}/{self.asked}"

    @property
    def is_running(self) -> bool:
        lately = self.changed_at and timezone.now() - self.changed_at < SILENCE
        return self.state == self.State.RUNNING and bool(lately)
