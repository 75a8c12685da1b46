"""The memory of a pair of locales, for other tools."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.translation.exchange import tmx
from cms.translation.exchange.pairs import pairs_of
from cms.translation.views.exchange import attachment, own_locale


@require_safe
def download_memory(request):
    """A TMX file of what was translated from one locale (?source=en) into another (&into=de)."""
    target = own_locale(request.user, request.GET.get("into", ""))
    source = get_object_or_404(Locale, language_code=request.GET.get("source", ""))
    if source == target:
        raise Http404
    file = tmx.write(pairs_of(source, target), source.language_code)
    name = f"memory-{source.language_code}-{target.language_code}.tmx"
    return attachment(FileResponse(file, content_type=tmx.CONTENT_TYPE), name)
