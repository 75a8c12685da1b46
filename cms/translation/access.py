"""Who may change the texts of a translation now; every address of the translation editor asks."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation

from cms.editorial.roles import language_reviewers, translators
from cms.editorial.rule import InBin, Refused, groups_of_person, in_bin

HOME_DEPTH = 2
"""Where the home pages of all locales stand."""
LOCKED = _("This page is locked: nothing was changed.")
IN_REVIEW = _("This translation is in review: take it back before you change it.")
STOPPED = _("This translation was stopped; start it again before you work on it.")


def page_to_read(translation: Translation, user) -> Page:
    """The translated page, for somebody who may see the work on it.

    Raises Http404 where there is none, InBin, PermissionDenied.
    """
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()
    if page is None:
        raise Http404
    if in_bin(page):
        raise InBin
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return page.specific


def page_to_change(translation: Translation, user) -> Page:
    """The translated page, for somebody who may change its texts now.

    Raises Refused where it is locked, in review or stopped, beside what `page_to_read()` raises.
    """
    page = page_to_read(translation, user)
    reason = why_not(translation, page, user)
    if reason:
        raise Refused(reason)
    return page


def why_not(translation: Translation, page: Page, user):
    """The words why a translation cannot be changed now; "" where it can."""
    if not translation.enabled:
        return STOPPED
    if page.workflow_in_progress:
        return IN_REVIEW
    lock = page.get_lock()
    return LOCKED if lock and lock.for_user(user) else ""


def locales_of(user) -> list[Locale]:
    """The locales into which somebody translates, reviews or watches over translations.

    Its translators and reviewers, and whoever may change its home page; administrators: all.
    Asked once a request.
    """
    if not hasattr(user, "_locales_of_translations"):
        user._locales_of_translations = _locales_of(user)
    return list(user._locales_of_translations)


def _locales_of(user) -> list[Locale]:
    every = list(Locale.objects.order_by("language_code"))
    if user.is_superuser:
        return every
    rights = page_permission_policy.get_cached_permissions_for_user(user)
    pages = [right.page for right in rights if right.permission.codename == "change_page"]
    own = {page.locale_id for page in pages if page.depth == HOME_DEPTH}
    everywhere = any(page.depth < HOME_DEPTH for page in pages)
    groups = set(groups_of_person(user).values())
    return [
        locale
        for locale in every
        if everywhere or locale.pk in own or groups & _groups(locale.language_code)
    ]


def _groups(language: str) -> set[str]:
    return {translators(language), language_reviewers(language)}
