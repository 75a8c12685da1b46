"""Public pages at their addresses: one look-up, whatever the depth."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page
from wagtail.views import serve_chain

from cms.delivery.middleware import best_language
from cms.models.links import LINK_FIELDS, link_of
from cms.models.locales import active_languages, language_of, locale_id_of
from cms.models.texts import TEXTS
from cms.models.visibility import public_pages, restricted

HOME_DEPTH = 2


def front_door(request):
    """Sends the visitor of / to the best locale that has a front page."""
    return HttpResponseRedirect(best_front_page(request))


def best_front_page(request) -> str:
    """'/de/': the front page in the first language that the visitor asks for and that has one."""
    homes = public_pages().filter(depth=HOME_DEPTH).values_list("locale_id", flat=True)
    return f"/{best_language(request, {language_of(pk) for pk in homes})}/"


def pages_at(path: str, **conditions) -> list[Page]:
    """The pages whose address ends in this path ('news/x', '' for home), whatever their locale."""
    slugs = [part for part in path.split("/") if part]
    pages = Page.objects.filter(depth=len(slugs) + 2, **conditions)
    if slugs:
        pages = pages.filter(slug=slugs[-1])
    pages = pages.annotate(is_restricted=restricted())
    return [page for page in pages if page.url_path.split("/")[2:-1] == slugs]


def serve_page(request, path: str):
    """The published page at a path of the locale that the address names; Http404 if none is."""
    if "\0" in path or "//" in f"/{path}":
        raise Http404
    found = pages_at(path, locale_id=locale_id_of(get_language()), live=True)
    if not found or (path and not path.endswith("/")):
        raise Http404
    page = found[0].specific
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(page, request, [], {})
        if answer is not None:
            return answer
    return _guarded(page, request) if found[0].is_restricted else page.serve(request)


def _guarded(page: Page, request):
    """A restricted page as Wagtail hands it out: after signing in, and kept by no cache."""
    chain = serve_chain
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        chain = hook(chain)
    return chain(page, request, [], {})


def elsewhere(path: str) -> list[dict]:
    """[{"name": "Deutsch", "link": Link}]: what the public may read at this path in other locales.

    Also under a language that the site does not have, or has no more. Where no page that the
    public may read stands at the path in any locale, nothing is told.
    """
    language, _, rest = path.lstrip("/").partition("/")
    if language not in dict(settings.LANGUAGES) or "\0" in rest:
        return []
    known = [page for page in pages_at(rest, live=True) if not page.is_restricted]
    keys = {page.translation_key for page in known}
    rows = public_pages().filter(translation_key__in=keys).values(*LINK_FIELDS, **TEXTS)
    links = {link.language: link for link in map(link_of, rows)}
    return [
        {"name": name, "link": links[code]}
        for code, name in active_languages().items()
        if code in links
    ]


def not_found(request, exception=None):
    """404 in the visitor's language, with links to the locales in which the page exists."""
    context = {"elsewhere": elsewhere(request.path_info)}
    return render(request, "404.html", context, status=404)


def server_error(request):
    """500 without a query: the database may be what failed."""
    return render(request, "500.html", {"site_url": settings.SITE_URL}, status=500)
