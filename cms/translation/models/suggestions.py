"""What a machine proposes; nothing of it reaches a page until a person confirms it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import String, TranslationContext


class Suggestion(models.Model):
    """A machine's text for a segment that nobody has translated or confirmed yet."""

    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    tool = models.CharField(max_length=255)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("suggestion of a machine")
        verbose_name_plural = _("suggestions of machines")
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "string", "context"], name="one_suggestion_a_segment"
            )
        ]

    def __str__(self):
        return self.text[:40]
