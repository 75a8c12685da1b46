"""Addresses: one slug for a work in all locales, and redirects that lead somewhere."""

from collections import defaultdict
from functools import partial

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.editorial.integrity.registry import NotMended, Violation, check
from cms.models.links import path_of
from cms.models.locales import language_of

HOME_DEPTH = 2


@check("address.slug", order=20)
def slugs_of_works():
    """The homes excepted, whose own slug is never seen; the source's slug is the work's."""
    works: dict = defaultdict(list)
    rows = Page.objects.filter(depth__gt=HOME_DEPTH).values_list(
        "translation_key", "locale_id", "pk", "slug", "title"
    )
    for key, *row in rows.order_by("pk"):
        works[key].append(row)
    uneven = {key: rows for key, rows in works.items() if len({row[2] for row in rows}) > 1}
    if not uneven:
        return
    targets = set(Translation.objects.values_list("source__object_id", "target_locale_id"))
    for key, pages in uneven.items():
        sources = [row for row in pages if (key, row[0]) not in targets]
        slug = (sources or pages)[0][2]
        for _locale_id, pk, other, title in pages:
            if other != slug:
                message = f"“{title}” has the slug “{other}”, its source “{slug}”."
                yield Violation("address.slug", f"page {pk}", message, partial(_rename, pk, slug))


def _rename(pk: int, slug: str) -> str:
    """Saved as a page, so that the old address goes on to lead there."""
    page = Page.objects.get(pk=pk).specific
    if not Page._slug_is_available(slug, page.get_parent(), page):
        raise NotMended(f"another page stands at the slug “{slug}” already")
    page.slug = slug
    page.save(clean=False)
    return f"renamed to “{slug}”"


@check("redirect.nowhere", order=21)
def redirects_to_nothing():
    for redirect in Redirect.objects.filter(redirect_page=None, redirect_link=""):
        message = f"{redirect.old_path} leads to nothing."
        repair = partial(_drop, redirect.pk)
        yield Violation("redirect.nowhere", f"redirect {redirect.pk}", message, repair)


@check("redirect.shadow", order=22)
def redirects_from_live_pages():
    """The page answers, until it is taken down: then the forgotten redirect would."""
    pages = Page.objects.live().filter(depth__gte=HOME_DEPTH).values_list("url_path", "locale_id")
    live = {
        Redirect.normalise_path(path_of(url_path, language_of(locale_id)))
        for url_path, locale_id in pages
    }
    for redirect in Redirect.objects.all():
        if redirect.old_path in live:
            message = f"{redirect.old_path} is the address of a live page."
            repair = partial(_drop, redirect.pk)
            yield Violation("redirect.shadow", f"redirect {redirect.pk}", message, repair)


def _drop(pk: int) -> str:
    redirect = Redirect.objects.get(pk=pk)
    redirect.delete()
    return f"removed the redirect {redirect.old_path} -> {redirect.link}"
