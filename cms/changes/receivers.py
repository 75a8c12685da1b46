"""The one place where Wagtail's signals become changes.

`page` in a change is a plain number: the record outlives the page.
"""

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.changes.models import Change
from cms.changes.redirects import lead_on


@receiver(page_published)
def published(instance, **kwargs):
    if instance.live:
        Change.objects.record("published", instance)


@receiver(page_unpublished)
def unpublished(instance, **kwargs):
    """A page that is about to be deleted is unpublished too, but not saved: that is no change."""
    if not Page.objects.filter(pk=instance.pk, live=True).exists():
        Change.objects.record("unpublished", instance)


def _live_tree(page) -> list[Page]:
    return list(Page.objects.descendant_of(page, inclusive=True).live())


@receiver(pre_save)
def renamed(instance, update_fields=None, **kwargs):
    """Wagtail's own signal comes behind the commit, where change and redirects could get lost."""
    if not isinstance(instance, Page) or instance._state.adding:
        return
    if update_fields is None or "slug" in update_fields:
        before = Page.objects.filter(pk=instance.pk).exclude(slug=instance.slug).first()
        if before:
            Change.objects.record_all("renamed", _live_tree(before))
            lead_on(before, before.url_path, instance.url_path)


@receiver(post_page_move)
def moved(instance, url_path_before, url_path_after, **kwargs):
    if url_path_before != url_path_after:
        Change.objects.record_all("moved", _live_tree(instance))
        lead_on(instance, url_path_before, url_path_after)


@receiver(pre_delete)
def deleted(sender, instance, **kwargs):
    if sender is Page and instance.live:
        Change.objects.record("deleted", instance)


@receiver(post_save, sender=PageViewRestriction)
def restricted(instance, **kwargs):
    Change.objects.record_all("restricted", _live_tree(instance.page))


@receiver(post_delete, sender=PageViewRestriction)
def unrestricted(instance, origin=None, **kwargs):
    """A restriction that goes with its page sets nothing free."""
    if getattr(origin, "model", type(origin)) is PageViewRestriction:
        Change.objects.record_all("unrestricted", _live_tree(instance.page))


@receiver(post_save)
@receiver(post_delete)
def shared(sender, instance, created=False, **kwargs):
    """Files and redirects in use stand behind many pages; a new one stands behind none yet."""
    if not created and sender in {get_image_model(), get_document_model(), Redirect}:
        Change.objects.record("shared", what=f"{instance._meta.label}:{instance.pk}"[:255])
