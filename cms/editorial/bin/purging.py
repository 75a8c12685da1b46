"""Emptying the bin: what is deleted for good is gone with its revisions and its translations."""

from django.db import transaction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page
from wagtail_localize.models import Translation, cleanup_translation_on_delete

from cms.editorial.models import Bin, BinEntry
from cms.models.tree import lock_tree


@transaction.atomic
def purge(entry: BinEntry, user=None) -> int:
    """Delete for good what one deletion put into the bin; the number of pages.

    0 when somebody was faster. Raises ProtectedError where something relies on one of the pages.
    """
    lock_tree()
    entry = BinEntry.objects.filter(pk=entry.pk).first()
    if entry is None:
        return 0
    count = 0
    for tree in entry.trees.select_related("page"):
        pages = list(Page.objects.descendant_of(tree.page, inclusive=True))
        DeletePageAction(tree.page, user=user).execute(skip_permission_checks=True)
        Bin.objects.get(pk=tree.container_id).delete()
        for page in pages:
            _forget_translations(page)
        count += len(pages)
    entry.delete()
    return count


def _forget_translations(page) -> None:
    """What translators wrote goes with its page; translations that are kept keep theirs."""
    others = Page.objects.filter(translation_key=page.translation_key)
    made = Translation.objects.filter(source__object_id=page.translation_key)
    if made.filter(source__locale_id=page.locale_id).exists() and others.exists():
        made.filter(source__locale_id=page.locale_id).delete()
    else:
        cleanup_translation_on_delete(page)
