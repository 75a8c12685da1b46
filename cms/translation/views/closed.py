"""Wagtail-localize's own addresses, as far as they could pass by a review or somebody's rights."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from cms.editorial.rule import Refused

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
