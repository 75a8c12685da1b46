"""Who may read a page may read its translations: a source's restriction is theirs at once."""

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction

from cms.translation.state import translation_of


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance, origin=None, **kwargs):
    """Follow what the editor does; a restriction that goes with its page changes no other page."""
    if getattr(origin, "model", type(origin)) in {PageViewRestriction, type(None)}:
        follow(instance.page)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def groups_changed(instance, action, **kwargs):
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        follow(instance.page)


@transaction.atomic
def follow(source: Page) -> None:
    """Give a source page's restriction to its translations, or take it from them."""
    if translation_of(source) is not None:
        return
    restriction = source.view_restrictions.first()
    for page in source.get_translations():
        known = page.view_restrictions.first()
        if restriction is None and known:
            known.delete()
        elif restriction is not None:
            _copy(restriction, known or PageViewRestriction(page=page))


def _copy(restriction: PageViewRestriction, target: PageViewRestriction) -> None:
    target.restriction_type = restriction.restriction_type
    target.password = restriction.password
    target.save()
    target.groups.set(restriction.groups.all())
