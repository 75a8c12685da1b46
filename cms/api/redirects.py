"""Addresses that lead elsewhere: those that editors wrote and those kept after a rename."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db.models import F
from wagtail.contrib.redirects.models import Redirect

from cms.api.items import page_url
from cms.models.links import is_safe
from cms.models.locales import language_of
from cms.models.visibility import public_pages


def redirect_at(path: str) -> dict | None:
    """{"to": "https://.../lt/news/new/", "permanent": true}, None where no redirect is public.

    One with the query string of `path` counts before one without.
    """
    without_query = urlsplit(path).path
    wanted = list(dict.fromkeys(Redirect.normalise_path(p) for p in (path, without_query)))
    found = Redirect.objects.filter(old_path__in=wanted).order_by(F("site").asc(nulls_last=True))
    for redirect in sorted(found, key=lambda row: wanted.index(row.old_path)):
        target = _target(redirect)
        if target:
            return {"to": target, "permanent": redirect.is_permanent}
    return None


def _target(redirect: Redirect) -> str | None:
    """Where a redirect leads; None where that is not public."""
    if not redirect.redirect_page_id:
        safe = redirect.redirect_link and is_safe(redirect.redirect_link)
        return urljoin(f"{settings.SITE_URL}/", redirect.redirect_link) if safe else None
    page = public_pages().filter(pk=redirect.redirect_page_id).values("url_path", "locale_id")
    for row in page:
        url = page_url(row["url_path"], language_of(row["locale_id"]))
        route = redirect.redirect_page_route_path
        return url.rstrip("/") + route if route else url
    return None
