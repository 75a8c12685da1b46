"""What each published translation was made from, and how it stands to its source now."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PublicState(models.TextChoices):
    """How a page stands to its source, as everybody may know it."""

    ORIGINAL = "original", _("Original")
    MISSING = "missing", _("Not translated")
    LIVE = "live", _("Up to date")
    PARTIAL = "partial", _("Partly translated")
    OUTDATED = "outdated", _("Overtaken by its source")


class TranslationBasisQuerySet(models.QuerySet):
    def of_work(self, translation_key) -> "TranslationBasisQuerySet":
        """The bases of all published translations of one work."""
        return self.filter(page__translation_key=translation_key).select_related("page")


class TranslationBasis(models.Model):
    """The source text from which a published translation was made, and the state that follows.

    Written in the transaction that publishes the translation; `state` and what stands beside it
    are derived from `segments`, `fallbacks` and the source as published, and can be made anew.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="translation_basis")
    source = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    segments = models.JSONField()
    fallbacks = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now=True)
    state = models.CharField(max_length=10, choices=PublicState, default=PublicState.LIVE)
    outdated_since = models.DateTimeField(null=True)
    open_segments = models.PositiveIntegerField(default=0)
    open_words = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField(null=True)
    """When somebody decided that it is public though its source is not."""

    objects = TranslationBasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("basis of a translation")
        verbose_name_plural = _("bases of translations")

    def __str__(self):
        return f"{self.page_id}: {self.state}"


class StandsApart(models.Model):
    """A translation that somebody left where it stands when its source moved away."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("translation that stands apart")
        verbose_name_plural = _("translations that stand apart")

    def __str__(self):
        return str(self.page_id)
