"""Translations from other tools, which stand nowhere on this site."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import String


class ImportedText(models.Model):
    """How a text was translated elsewhere; offered to translators, never shown on a page.

    Not a text of wagtail-localize without a context: saving or deleting one fails there.
    """

    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("imported text")
        verbose_name_plural = _("imported texts")
        constraints = [
            models.UniqueConstraint(fields=["string", "locale"], name="one_imported_text")
        ]

    def __str__(self):
        return self.text[:40]
