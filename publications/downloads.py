"""Editions at their addresses: always the current file, or the n-th release."""

import logging
import re

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header, parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.models.storage import UNREACHABLE
from publications.models import EditionRelease, PublicationAddress, PublicationPage, public_sources

logger = logging.getLogger(__name__)

NAME = re.compile(r"^(?P<language>[a-z]{2})(?:-(?P<variant>[a-z]+))?$")
YEAR = 31_536_000
RETRY_SECONDS = "60"


@require_safe
def download(request, slug: str, name: str, number: int | None = None):
    """A PDF: 404 where the work is not public, 410 where the edition was withdrawn."""
    match = NAME.fullmatch(name)
    if match is None or "\0" in slug:
        raise Http404
    page = public_page(slug)
    edition = {"language": match["language"], "variant": match["variant"] or ""}
    releases = list(
        EditionRelease.objects.of_work(page.translation_key)
        .filter(**edition)
        .select_related("file")
    )
    if not releases:
        raise Http404
    if number is not None:
        return _send(request, page, _numbered(releases, number), forever=True)
    if releases[0].withdrawn_at:
        return render(request, "publications/withdrawn.html", {"page": page}, status=410)
    return _send(request, page, releases[0])


def public_page(slug: str) -> PublicationPage:
    """The public source page of the work that has, or once had, this slug; else Http404."""
    work = get_object_or_404(PublicationAddress, slug=slug).work
    page = public_sources().filter(translation_key=work).first()
    if page is None:
        raise Http404
    return page


def _numbered(releases, number: int) -> EditionRelease:
    for release in releases:
        if release.number == number:
            return release
    raise Http404


def file_name(page, release: EditionRelease) -> str:
    """'SEMPRE-flyer_de.pdf', 'SEMPRE-roadmap_en-pocket_2018.pdf' where the year is known."""
    parts = [f"{settings.WAGTAIL_SITE_NAME}-{page.slug}", release.name] + (
        [str(release.year)] if release.year else []
    )
    return "_".join(parts) + ".pdf"


def _send(request, page, release: EditionRelease, forever: bool = False):
    """The file itself: numbered releases never change, the current one is asked for anew."""
    etag = quote_etag(release.file.sha256)
    if _is_known(request, etag):
        response = HttpResponseNotModified()
    else:
        try:
            response = FileResponse(release.file.file.open(), content_type="application/pdf")
        except UNREACHABLE as error:
            logger.error("%s cannot be read: %s", release.file.file.name, error)
            return _later()
        response.headers["Content-Length"] = release.file.bytes
        response.headers["Content-Disposition"] = content_disposition_header(
            False, file_name(page, release)
        )
        response.headers["Content-Language"] = release.language
    response.headers["ETag"] = etag
    if forever:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response


def _is_known(request, etag: str) -> bool:
    """RFC 9110, section 13.1.2: compared weakly, as a proxy that compresses may weaken it."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in {tag.removeprefix("W/") for tag in known}


def _later() -> HttpResponse:
    """503 where the storage does not give the file; nobody may keep that answer."""
    text = _("This file cannot be read at the moment. Please try again in a minute.")
    response = HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = RETRY_SECONDS
    patch_cache_control(response, no_store=True)
    return response
