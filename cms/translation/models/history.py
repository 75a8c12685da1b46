"""Every text that a translator has stored, so that none is lost."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import String, TranslationContext


class SegmentVersion(models.Model):
    """What stood in a segment of a translation; an empty text is one that was taken away."""

    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    tool = models.CharField(max_length=255, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a segment")
        verbose_name_plural = _("versions of segments")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["context", "locale"], name="versions_of_segment")]

    def __str__(self):
        return self.text[:40]
