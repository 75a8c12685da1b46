"""The page with the texts as they stand, before anybody has made a version of them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from wagtail.utils.decorators import xframe_options_sameorigin_override
from wagtail_localize.models import (
    MissingRelatedObjectError,
    SourceDeletedError,
    Translation,
)

from cms.translation.access import page_to_read


@xframe_options_sameorigin_override
def preview_translation(request, translation_id: int, mode: str | None = None):
    """For those who may see the work; raises Http404 for a mode that the page does not have."""
    found = get_object_or_404(Translation.objects.select_related("source"), pk=translation_id)
    page = page_to_read(found, request.user)
    mode = page.default_preview_mode if mode is None else mode
    if mode not in dict(page.preview_modes):
        raise Http404
    try:
        made = found.source.get_ephemeral_translated_instance(found.target_locale, fallback=True)
    except (MissingRelatedObjectError, SourceDeletedError):
        return render(request, "translation/no_preview.html", status=404)
    return made.make_preview_request(request, mode)
