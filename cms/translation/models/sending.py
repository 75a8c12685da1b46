"""Pages on their way to translators, as many as somebody has sent at once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

STILL = timedelta(minutes=5)
"""After which time without progress a sending is begun again."""


class SendingQuerySet(models.QuerySet):
    def unfinished(self) -> "SendingQuerySet":
        return self.filter(finished_at=None, cancelled_at=None)

    def forsaken(self, now: datetime) -> "SendingQuerySet":
        """Those on which nobody works though something is left."""
        moved = models.Max("items__done_at")
        found = self.unfinished().annotate(moved_at=moved).filter(asked_at__lt=now - STILL)
        return found.exclude(moved_at__gte=now - STILL)


class Sending(models.Model):
    """What somebody has sent at once: each page and locale is an item, done on its own."""

    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    due_on = models.DateField(_("due"), null=True)
    ahead = models.BooleanField(_("drafts ahead of their publication"), default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return f"{self.pk}"

    @property
    def is_running(self) -> bool:
        return self.finished_at is None and self.cancelled_at is None

    def may_be_steered_by(self, user) -> bool:
        """Whether somebody may cancel it and have it go on."""
        return user.is_superuser or self.sent_by_id == user.pk


class SendingItem(models.Model):
    """One page on its way to one locale; the page may be gone when its turn comes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        FAILED = "failed", _("Not sent")

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="items")
    page_id = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    assignment = models.ForeignKey(
        "translation.Assignment", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_news = models.BooleanField(default=False)
    """Whether its translators are still to be told."""

    class Meta:
        verbose_name = _("page that is sent")
        verbose_name_plural = _("pages that are sent")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sending", "page_id", "locale"], name="one_item_a_page_and_locale"
            )
        ]
        indexes = [models.Index(fields=["sending", "state"], name="items_of_sending")]

    def __str__(self):
        return f"{self.page_id}: {self.state}"
