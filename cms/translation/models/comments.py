"""What reviewers and translators say to each other about one segment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import TranslationContext


class SegmentComment(models.Model):
    """A remark beside a segment of a translation; settled by whoever has dealt with it."""

    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    source_text = models.TextField()
    """The text of the source that it is about: one context may hold several segments."""
    text = models.TextField(_("comment"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("comment on a segment")
        verbose_name_plural = _("comments on segments")
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["context", "locale"], name="comments_on_segment")]

    def __str__(self):
        return self.text[:40]
