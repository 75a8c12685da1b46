"""Approved translations of texts that the public cannot read in their source yet."""

from wagtail.models import Page, Revision

from cms.translation.models import DraftBasis


def publish_waiting(source: Page) -> None:
    """Publish what was approved and has waited for this text of the source."""
    for basis in _of_translations(source).filter(waits=True).order_by("pk"):
        if not basis.precedes_its_source:
            basis.waits = False
            basis.save(update_fields=["waits"])
            basis.revision.publish(skip_permission_checks=True)


def wait_for_source(source: Page) -> None:
    """Take planned publications of a source's translations back until it is public again."""
    planned = _of_translations(source).filter(revision__approved_go_live_at__isnull=False)
    for basis in planned.order_by("pk"):
        if basis.precedes_its_source:
            Revision.objects.filter(pk=basis.revision_id).update(approved_go_live_at=None)
            basis.wait()


def _of_translations(source: Page):
    """The versions of the translations of a page."""
    pages = Page.objects.filter(translation_key=source.translation_key).exclude(pk=source.pk)
    ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
    return DraftBasis.objects.filter(revision__object_id__in=ids).select_related("revision")
