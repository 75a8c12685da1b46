"""Who may read a page may read its translations: a source's restriction is theirs at once.

A translation stands below the translation of what its source stands below, and is restricted
with it. One that stands elsewhere gets the restriction that its source has from above.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import copy_for_translation_done

from cms.editorial.rule import Refused, in_bin
from cms.translation.state import translation_of
from cms.translation.structure import elsewhere, is_elsewhere, source_of, translations

FOLLOWS = _("Who may read this page is decided at the page it was made from.")

_copying: ContextVar[bool] = ContextVar("copying_restrictions", default=False)


@contextmanager
def _as_copy() -> Iterator[None]:
    token = _copying.set(True)
    try:
        yield
    finally:
        _copying.reset(token)


def nearest(page) -> PageViewRestriction | None:
    """The restriction of a page, or of the nearest page above it that has one."""
    return page.get_view_restrictions().order_by("-page__depth").first()


def wanted(page, source) -> PageViewRestriction | None:
    """The restriction that a translation must have itself: what holds for its source."""
    return nearest(source) if is_elsewhere(page, source) else source.view_restrictions.first()


def _is_by_hand(origin) -> bool:
    """Whether a restriction is deleted by itself, and not because its page is."""
    return getattr(origin, "model", type(origin)) in {PageViewRestriction, type(None)}


@receiver(pre_save, sender=PageViewRestriction)
def refuse_to_restrict_alone(instance, raw=False, **kwargs):
    """Wagtail itself copies the restriction of a page with the page; that is no decision."""
    if raw or _copying.get():
        return
    source = source_of(instance.page)
    if source:
        restriction = wanted(instance.page, source)
        if restriction is None or _words(instance) != _words(restriction):
            raise Refused(FOLLOWS)


@receiver(pre_delete, sender=PageViewRestriction)
def refuse_to_open_alone(instance, origin=None, **kwargs):
    if _is_by_hand(origin) and not _copying.get():
        source = source_of(instance.page)
        if source and wanted(instance.page, source):
            raise Refused(FOLLOWS)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance, origin=None, **kwargs):
    """Follow what the editor does; a restriction that goes with its page changes no other page."""
    if _is_by_hand(origin):
        _follow_all(instance.page)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def groups_changed(instance, action, **kwargs):
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        _follow_all(instance.page)
        if not _copying.get() and (source := source_of(instance.page)):
            follow(source)


@receiver(copy_for_translation_done)
def made(source_obj, target_obj, **kwargs):
    """A translation is restricted from its first moment; it stands where its source stands."""
    if isinstance(target_obj, Page) and (restriction := source_obj.view_restrictions.first()):
        _give(restriction, target_obj)


def cover(page) -> None:
    """Restrict a page as what it was made from, or is to be made from."""
    others = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    source = next((other for other in others if translation_of(other) is None), None)
    if source and (restriction := wanted(page, source)):
        _give(restriction, page)


def _follow_all(page: Page) -> None:
    """Restrict the translations of a page, and those of pages below it that stand elsewhere."""
    follow(page)
    _follow_elsewhere(page)


def _follow_elsewhere(page) -> None:
    for _page, source in elsewhere(Page.objects.descendant_of(page, inclusive=True)):
        follow(source)


def follow_places(pages) -> None:
    """After pages moved: they stand below other restrictions, and their translations must too."""
    for page in [Page.objects.get(pk=page.pk) for page in pages]:
        follow(source_of(page) or page)
        for moved in [page, *translations(page)]:
            _follow_elsewhere(moved)


@transaction.atomic
def follow(source: Page) -> None:
    """Give a source page's restriction to its translations, or take it from them."""
    if in_bin(source) or translation_of(source) is not None:
        return
    for page in source.get_translations():
        restriction = wanted(page, source)
        known = page.view_restrictions.first()
        if restriction is not None:
            _give(restriction, page)
        elif known:
            with _as_copy():
                known.delete()


def _give(restriction: PageViewRestriction, page) -> None:
    known = page.view_restrictions.first() or PageViewRestriction(page=page)
    if facts(known) == facts(restriction) and known.pk:
        return
    known.restriction_type = restriction.restriction_type
    known.password = restriction.password
    with _as_copy():
        known.save()
        known.groups.set(restriction.groups.all())


def facts(restriction: PageViewRestriction | None):
    """What a restriction says, to be compared with another one."""
    if restriction is None or restriction.pk is None:
        return None
    return _words(restriction), {group.pk for group in restriction.groups.all()}


def _words(restriction: PageViewRestriction) -> tuple[str, str]:
    return restriction.restriction_type, restriction.password
