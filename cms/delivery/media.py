"""Renditions from the local disk; everything else under MEDIA_ROOT stays private."""

import re

from django.conf import settings
from django.http import Http404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

RENDITION = re.compile(r"images/[\w-][\w.-]{0,200}", re.ASCII)
"""Names as Wagtail gives them: one folder, no way out of it."""


@require_safe
def media(request, name: str):
    """A rendition, which browsers may keep for a year: another image gets another name."""
    if not RENDITION.fullmatch(name):
        raise Http404
    response = serve(request, name, document_root=str(settings.MEDIA_ROOT))
    patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    return response
