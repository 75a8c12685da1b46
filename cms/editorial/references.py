"""Links to deleted pages stay known: Wagtail forgets who linked to what is deleted."""

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type
from wagtail.tasks import update_reference_index_task


@receiver(pre_delete, sender=Page)
def deleted(instance, **kwargs):
    """Have the pages that link here read again, once the page and its references are gone."""
    pages = get_default_page_content_type()
    links = ReferenceIndex.objects.filter(
        base_content_type=pages, to_content_type=pages, to_object_id=str(instance.pk)
    )
    names = ("content_type__app_label", "content_type__model", "object_id")
    sources = list(links.values_list(*names).distinct())
    if sources:
        transaction.on_commit(lambda: _read_again(sources))


def _read_again(sources: list[tuple[str, str, str]]) -> None:
    left = Page.objects.in_bulk([int(pk) for _app, _model, pk in sources], field_name="pk")
    for app, model, pk in sources:
        if int(pk) in left:  # a page of the same subtree is gone too
            update_reference_index_task.enqueue(app, model, pk)
