"""What a publication's publishing writes into the ledger of releases, in the same transaction."""

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from cms.changes.models import Change
from cms.translation.state import translation_of
from publications.models import Edition, EditionRelease, PublicationAddress, PublicationPage


@receiver(page_published)
def published(instance, **kwargs):
    """The source page alone holds editions; a translation's publishing releases nothing."""
    if not isinstance(instance, PublicationPage) or not instance.live:
        return
    if translation_of(instance) is None:
        release_editions(instance)


@transaction.atomic
def release_editions(page: PublicationPage) -> list[EditionRelease]:
    """Bring the ledger up to the page's editions; the releases that are new or came back."""
    address, _ = PublicationAddress.objects.get_or_create(
        slug=page.slug, defaults={"work": page.translation_key}
    )
    if address.work != page.translation_key:
        raise ValueError(f"/downloads/{page.slug}/ belongs to another work")
    editions = list(Edition.objects.filter(page_id=page.pk).select_related("file"))
    # The publication's year is that of its editions, unless some have days of their own.
    dated = any(edition.published_on or edition.year for edition in editions)
    moved = [
        found
        for edition in editions
        if (found := _release(page, edition, year=None if dated else page.year))
    ]
    withdrawn = _withdraw(page, {(edition.language, edition.variant) for edition in editions})
    if moved or withdrawn:
        Change.objects.record("released", page)
    return moved


def _release(page, edition: Edition, year: int | None) -> EditionRelease | None:
    """Write one edition into the ledger; the same bytes again keep their number."""
    earlier = EditionRelease.objects.of_work(page.translation_key).filter(
        language=edition.language, variant=edition.variant
    )
    last = earlier.first()
    facts = edition.facts()
    facts["year"] = facts["year"] or year
    if last and last.file_id == edition.file_id:
        back = last.withdrawn_at is not None
        EditionRelease.objects.filter(pk=last.pk).update(withdrawn_at=None, **facts)
        return last if back else None
    return EditionRelease.objects.create(
        work=page.translation_key,
        language=edition.language,
        variant=edition.variant,
        number=last.number + 1 if last else 1,
        file=edition.file,
        **facts,
    )


def _withdraw(page, kept: set[tuple[str, str]]) -> int:
    """Mark what the page no longer offers; the number of releases that it concerns."""
    offered = EditionRelease.objects.of_work(page.translation_key).filter(withdrawn_at=None)
    gone = [row.pk for row in offered if (row.language, row.variant) not in kept]
    return EditionRelease.objects.filter(pk__in=gone).update(withdrawn_at=timezone.now())
