"""What was sent to the translators of a locale, and how far they are."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class AssignmentQuerySet(models.QuerySet):
    def of_text(self, translation_key, locale_id: int | None = None) -> "AssignmentQuerySet":
        """The assignments of one work, or the one for one locale."""
        found = self.filter(translation__source__object_id=translation_key)
        return found.filter(translation__target_locale_id=locale_id) if locale_id else found

    def mark_changed(self, **who) -> int:
        """Remember that texts have changed: they are counted anew when somebody asks."""
        return self.update(is_stale=True, changed_at=timezone.now(), **who)


class Assignment(models.Model):
    """One work to be translated into one locale: until when, by whom, and how much is left.

    The numbers are of the text that was sent, which the public may not have seen yet; they follow
    from the segments and are counted by `counting.settled()`. Words are those of the source.
    """

    translation = models.OneToOneField(
        Translation, on_delete=models.CASCADE, related_name="assignment"
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    segments = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    open_segments = models.PositiveIntegerField(default=0)
    open_words = models.PositiveIntegerField(default=0)
    machine_words = models.PositiveIntegerField(default=0)
    is_stale = models.BooleanField(default=True, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    translated_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self):
        return f"{self.translation_id}: {self.open_words}"

    @property
    def machine_share(self) -> int:
        """How much of the translated text came from a machine, in per cent of its words."""
        done = self.words - self.open_words
        return round(100 * self.machine_words / done) if done else 0
