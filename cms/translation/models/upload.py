"""A file between its upload and the word of the person who has seen what it would change."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

KEPT = timedelta(days=7)
"""How long a file waits for its confirmation."""


class UploadQuerySet(models.QuerySet):
    def forget_old(self) -> None:
        """Delete what nobody has confirmed."""
        self.filter(made_at__lt=timezone.now() - KEPT).delete()


class Upload(models.Model):
    """A file as it came, for the person who sent it; read anew when it is shown and confirmed.

    `only`: the one translation that it may be of.
    """

    class Kind(models.TextChoices):
        TEXTS = "texts", _("Texts")
        MEMORY = "memory", _("Translation memory")
        GLOSSARY = "glossary", _("Glossary")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXTS)
    name = models.CharField(max_length=255)
    data = models.BinaryField()
    only = models.ForeignKey(Translation, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")

    def __str__(self):
        return self.name
