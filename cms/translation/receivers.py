"""Publishing a page settles the state of its translations, or of itself; so do their texts."""

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move, pre_page_move
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.editorial.bin.restoring import pages_restored
from cms.editorial.rule import Refused, revision_saved
from cms.translation import places, restrictions, structure
from cms.translation.drafts import remember_basis
from cms.translation.models import Assignment, TranslationBasis
from cms.translation.state import (
    keep_source_text,
    settle_translations,
    source_changed,
    store_basis,
    translation_of,
)
from cms.translation.waiting import publish_waiting, wait_for_source

HOME_DEPTH = 2


@receiver(page_published)
def published(instance, **kwargs):
    if not instance.live:
        return
    translation = translation_of(instance)
    if translation:
        structure.keep_alone(store_basis(instance, translation))
        restrictions.cover(instance)
    else:
        slug_follows(instance)
        structure.rejoin(instance)
        beside_sources(Page.objects.filter(pk=instance.pk))
        source_changed(instance)
        publish_waiting(instance)


def slug_follows(source) -> None:
    """Give a source's slug to its translations, their redirects with it; homes keep theirs."""
    if source.depth > HOME_DEPTH:
        for page in source.get_translations().exclude(slug=source.slug):
            translation = page.specific
            translation.slug = source.slug
            translation.save(update_fields=["slug", "url_path"], clean=False)


@receiver(page_unpublished)
def unpublished(instance, **kwargs):
    """What is not published has no basis; its translations go too, or stand on their own."""
    TranslationBasis.objects.filter(page_id=instance.pk).delete()
    if translation_of(instance) is None:
        structure.unpublish_translations(instance)
        source_changed(instance)
        wait_for_source(instance)


@receiver(post_delete, sender=Page)
def deleted(instance, **kwargs):
    """Translations whose source is gone stand on their own from now on."""
    settle_translations(instance)


@receiver(pre_page_move)
def about_to_move(instance, parent_page_after, **kwargs):
    places.check_move(instance, parent_page_after)


@receiver(post_page_move)
def moved(instance, parent_page_before, parent_page_after, **kwargs):
    if places.is_following():
        return
    page = Page.objects.get(pk=instance.pk)
    is_elsewhere_now = parent_page_before.pk != parent_page_after.pk
    places.follow_move(page, is_elsewhere_now)
    if is_elsewhere_now:
        restrictions.follow_places([page])


@receiver(pages_restored)
def came_back(pages, **kwargs):
    """A source may have moved while its translation was in the bin."""
    for page in pages:
        beside_sources(Page.objects.descendant_of(page, inclusive=True))


def beside_sources(works) -> None:
    """Bring translations to the places of their sources, and below the same restrictions."""
    restrictions.follow_places(places.find_places(works))


@receiver(revision_saved)
def version_made(page, revision, basis=None, **kwargs):
    """A basis that is kept already is handed on."""
    if basis is None:
        remember_basis(revision, page)


@receiver(pre_save, sender=Translation)
def only_sources_are_translated(instance, raw=False, **kwargs):
    """Each work has one source, from which all its translations are made."""
    if raw or not instance._state.adding:
        return
    source = instance.source
    others = Translation.objects.filter(source__object_id=source.object_id)
    if (
        instance.target_locale_id == source.locale_id
        or others.filter(target_locale_id=source.locale_id).exists()
    ):
        message = _("This page is a translation itself; translate the page it was made from.")
        raise Refused(message)
    if others.filter(target_locale_id=instance.target_locale_id).exclude(source=source).exists():
        raise Refused(_("This page is translated into that language from another page already."))


@receiver(pre_save, sender=LocaleSynchronization)
def nothing_is_synchronised(**kwargs):
    """Wagtail-localize would fill the locale with aliases of all pages, now and in the future."""
    raise Refused(_("Locales are not synchronised here: pages are sent to their translators."))


@receiver(post_delete, sender=Translation)
def translation_ended(instance, **kwargs):
    """What was a translation of a page that is gone for good is a source of its own."""
    work = TranslationSource.objects.filter(pk=instance.source_id).values("object_id")
    page = Page.objects.filter(
        translation_key__in=work, locale_id=instance.target_locale_id, live=True
    ).first()
    if page and translation_of(page) is None:
        keep_source_text(page)


@receiver(post_save, sender=Translation)
def assignment_begins(instance, created=False, raw=False, **kwargs):
    if created and not raw:
        Assignment.objects.get_or_create(translation=instance)


@receiver([post_save, post_delete], sender=StringTranslation)
def text_changed(instance, **kwargs):
    """Whoever stores a text, and however: the work is counted anew."""
    if instance.context_id:
        who = {}
        if instance.last_translated_by_id:
            who = {"translated_by_id": instance.last_translated_by_id}
        key = instance.context.object_id
        Assignment.objects.of_text(key, instance.locale_id).mark_changed(**who)


@receiver([post_save, post_delete], sender=StringSegment)
def source_text_changed(instance, created=True, **kwargs):
    """The snapshot of a source has other texts than before."""
    if created:
        Assignment.objects.filter(translation__source_id=instance.source_id).mark_changed()
