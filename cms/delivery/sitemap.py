"""/sitemap.xml: every public page of every locale, each with its alternates, and /robots.txt."""

from collections import defaultdict

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.models.links import path_of
from cms.models.locales import language_of
from cms.models.visibility import public_pages


@require_safe
@cache_control(public=True, max_age=300)
def sitemap(request):
    """The sitemap of sitemaps.org, with the alternates that search engines read."""
    rows = public_pages().order_by("path")
    fields = ("translation_key", "url_path", "locale_id", "last_published_at")
    works = defaultdict(list)
    for key, url_path, locale_id, changed in rows.values_list(*fields):
        language = language_of(locale_id)
        url = settings.SITE_URL + path_of(url_path, language)
        works[key].append({"language": language, "url": url, "changed": changed})
    context = {"works": list(works.values())}
    return render(request, "sitemap.xml", context, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request):
    """What robots may read: all that is public."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Allow: /",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
