"""The bin: where deleted pages wait until somebody restores them or their time is over."""

from datetime import timedelta
from math import ceil

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, PageManager

from cms.editorial.roles import PUBLISHERS
from cms.editorial.rule import BIN

DAYS = 30
"""How long deleted pages can be restored."""


class BinManager(PageManager):
    def container(self, page) -> "Bin":
        """A new place for one deleted page, in which its slug meets no other one."""
        top = self.filter(depth=2, slug=BIN).first()
        if top is None:
            top = Page.get_first_root_node().add_child(instance=Bin.technical(BIN))
        return top.add_child(instance=Bin.technical(str(page.pk)))


class Bin(Page):
    """A technical page: one under the root holds all deleted pages, one below it each of them."""

    parent_page_types = []
    subpage_types = []
    is_creatable = False
    private_page_options = []

    objects = BinManager()

    class Meta:
        verbose_name = _("bin")
        verbose_name_plural = _("bins")

    @classmethod
    def technical(cls, slug: str) -> "Bin":
        return cls(title=slug, slug=slug, live=False, locale=Locale.get_default())

    def save(self, *args, **kwargs):
        return super().save(*args, **kwargs | {"log_action": None})

    def delete(self, *args, **kwargs):
        """Delete it without a word in the log: nobody ever saw it."""
        return super(Page, self).delete(*args, **kwargs)


class BinEntryQuerySet(models.QuerySet):
    def shown_to(self, user) -> "BinEntryQuerySet":
        """What somebody finds in the bin: publishers everything, others what they deleted."""
        return self if empties_bin(user) else self.filter(deleted_by=user)

    def older_than(self, days: int) -> "BinEntryQuerySet":
        return self.filter(deleted_at__lte=timezone.now() - timedelta(days=days))


def empties_bin(user) -> bool:
    """Whether somebody sees all of the bin and may delete for good."""
    return user.is_superuser or user.groups.filter(name=PUBLISHERS).exists()


class BinEntry(models.Model):
    """One deletion: a page with everything below it, in all languages that went with it."""

    title = models.CharField(_("title"), max_length=255)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deleted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deleted_at = models.DateTimeField(_("deleted at"), default=timezone.now)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    public = models.JSONField(default=list)
    """The ids of the pages that the public could read until they were deleted."""

    objects = BinEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering = ["-deleted_at", "-pk"]

    def __str__(self):
        return self.title

    @property
    def days_left(self) -> int:
        """For how many days the pages can still be restored, the day that has begun included."""
        left = self.deleted_at + timedelta(days=DAYS) - timezone.now()
        return max(0, ceil(left / timedelta(days=1)))

    @property
    def languages(self) -> list[str]:
        """The names of the languages in which the pages are written, the first page's first."""
        found = dict.fromkeys(tree.page.locale.get_display_name() for tree in self.trees.all())
        return list(found)

    def may_be_handled_by(self, user) -> bool:
        """Whether somebody may see and restore this."""
        return self.deleted_by_id == user.pk or empties_bin(user)


class BinnedTree(models.Model):
    """A page that was deleted with all pages below it, and where it stood."""

    entry = models.ForeignKey(BinEntry, on_delete=models.CASCADE, related_name="trees")
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="binned")
    container = models.OneToOneField(Bin, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.page_id} from {self.parent_id}"
