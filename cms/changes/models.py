"""The record of everything that changed what the public sees, in the order in which it did."""

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LOCK = 0x43484E47
"""The number of the advisory lock under which changes get their numbers ("CHNG")."""


class ChangeQuerySet(models.QuerySet):
    def after(self, number: int) -> "ChangeQuerySet":
        """The changes behind a number, oldest first."""
        return self.filter(number__gt=number).order_by("number")

    def record(self, kind: str, page=None, **facts) -> "Change":
        """Write one change in the transaction of what changed; the numbers follow the commits."""
        return self.record_all(kind, [page], **facts)[0]

    def record_all(self, kind: str, pages, **facts) -> list["Change"]:
        """Write one change for each page (None where no page changed), under one lock."""
        if kind not in Change.Kind.values:
            raise ValueError(f"{kind} is no kind of change")
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return [Change.objects.create(kind=kind, **_place(page), **facts) for page in pages]


def _place(page) -> dict:
    if page is None:
        return {}
    return {
        "page_id": page.pk,
        "translation_key": page.translation_key,
        "locale_id": page.locale_id,
    }


class Change(models.Model):
    """One thing that changed for the public; written once, never altered."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("published")
        UNPUBLISHED = "unpublished", _("unpublished")
        MOVED = "moved", _("moved")
        RENAMED = "renamed", _("renamed")
        DELETED = "deleted", _("deleted")
        RESTORED = "restored", _("restored")
        RESTRICTED = "restricted", _("restricted")
        UNRESTRICTED = "unrestricted", _("unrestricted")
        RELEASED = "released", _("released")
        STATE = "state", _("translation state changed")
        SHARED = "shared", _("shared content changed")

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20, choices=Kind)
    page_id = models.IntegerField(null=True)
    translation_key = models.UUIDField(null=True)
    locale_id = models.IntegerField(null=True)
    what = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [models.Index(fields=["translation_key", "number"], name="change_of_work")]

    def __str__(self):
        return f"{self.number} {self.kind} {self.what or self.page_id or ''}"
