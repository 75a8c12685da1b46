"""Search in the pages of the visitor's locale."""

import re
import unicodedata

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.models.locales import locale_id_of
from cms.models.texts import TEXTS

PER_PAGE = 20
MAX_LENGTH = 200
WORD = re.compile(r"[^\W_]+")
"""What is looked for; quotation marks and operators mean something to the index."""


@require_safe
def search(request):
    """A form, and for `q` the public pages of this locale that match, best first."""
    query = request.GET.get("q", "").replace("\0", " ").strip()[:MAX_LENGTH]
    words = WORD.findall(unicodedata.normalize("NFC", query))
    listing = None
    if words:
        # Wagtail's search reads filters, not subqueries: its own public() is what it understands.
        pages = Page.objects.live().public().filter(depth__gte=2)
        pages = pages.filter(locale_id=locale_id_of(get_language()))
        paginator = Paginator(pages.search(" ".join(words)), PER_PAGE)
        listing = paginator.get_page(request.GET.get("page"))
        listing.object_list = _specific(listing.object_list)
    context = {"query": query, "listing": listing, "localised_view": True}
    return render(request, "search/search.html", context)


def _specific(found) -> list[Page]:
    """The found pages as their own types, in their order; one query for each type."""
    ids = [page.pk for page in found]
    pages = Page.objects.filter(pk__in=ids).annotate(**TEXTS).specific().in_bulk()
    return [pages[pk] for pk in ids if pk in pages]
