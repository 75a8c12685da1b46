"""Publishing a page settles the state of its translations, or of itself."""

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from cms.translation.models import TranslationBasis
from cms.translation.state import source_changed, store_basis, translation_of

HOME_DEPTH = 2


@receiver(page_published)
def published(instance, **kwargs):
    if not instance.live:
        return
    translation = translation_of(instance)
    if translation:
        store_basis(instance, translation)
    else:
        slug_follows(instance)
        source_changed(instance)


def slug_follows(source) -> None:
    """Give a source's slug to its translations, their redirects with it; homes keep theirs."""
    if source.depth > HOME_DEPTH:
        for page in source.get_translations().exclude(slug=source.slug):
            translation = page.specific
            translation.slug = source.slug
            translation.save(update_fields=["slug", "url_path"], clean=False)


@receiver(page_unpublished)
def unpublished(instance, **kwargs):
    """What is not published has no basis; its translations stand on their own from now on."""
    TranslationBasis.objects.filter(page_id=instance.pk).delete()
    source_changed(instance)


@receiver(post_delete, sender=Page)
def deleted(instance, **kwargs):
    """Translations whose source is gone stand on their own from now on."""
    source_changed(instance)
