"""Wagtail-localize's own addresses, as far as they could pass by a review or somebody's rights."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from cms.editorial.rule import Refused, is_translation

NOT_FROM_HERE = _("A translation goes live when it is reviewed: it cannot be published from here.")
NO_ALIASES = _("A translation cannot be turned into an alias: this site has none.")


def stop_translation(request, translation_id: int):
    """Only those who are responsible for the page: starting again undoes work by hand."""
    page = get_object_or_404(Translation, pk=translation_id).get_target_instance()
    if not isinstance(page, Page) or not page.permissions_for_user(request.user).can_oversee():
        raise PermissionDenied
    return edit_translation.stop_translation(request, translation_id)


def convert_to_alias(request, page_id: int):
    get_object_or_404(Page, pk=page_id)
    raise Refused(NO_ALIASES)


def guard_translation_editor(request, page) -> None:
    """What is sent to the editor of a translation, beside its strings; raises where it may not."""
    if request.method != "POST":
        return
    may = page.permissions_for_user(request.user)
    if "localize-restart-translation" in request.POST and not may.can_oversee():
        raise PermissionDenied
    publishes = request.POST.get("action") == "publish" and is_translation(page)
    if publishes and not may.can_publish():
        raise Refused(NOT_FROM_HERE)
