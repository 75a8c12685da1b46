"""How terms of the project are to be translated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class GlossaryTerm(models.Model):
    """A term of one locale, its translation in another, and what translators should know."""

    source_locale = models.ForeignKey(
        Locale, verbose_name=_("from"), on_delete=models.CASCADE, related_name="+"
    )
    target_locale = models.ForeignKey(
        Locale, verbose_name=_("into"), on_delete=models.CASCADE, related_name="+"
    )
    term = models.CharField(_("term"), max_length=255)
    translation = models.CharField(_("translation"), max_length=255)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["term", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_locale", "target_locale", "term"],
                name="one_translation_a_term",
                violation_error_message=_("This term is in the glossary already."),
            )
        ]

    def __str__(self):
        return f"{self.term} → {self.translation}"

    def clean(self):
        super().clean()
        if self.source_locale_id and self.source_locale_id == self.target_locale_id:
            raise ValidationError({"target_locale": _("Choose another language than the first.")})
