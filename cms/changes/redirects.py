"""Old addresses that lead on: written in the transaction in which pages get other ones.

Wagtail writes its own behind the commit of a rename, where they may get lost, and cannot write
those of a section with a thousand pages; `WAGTAILREDIRECTS_AUTO_CREATE` switches it off.
"""

from collections.abc import Iterator
from itertools import islice

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.editorial.rule import in_bin
from cms.models.links import path_of
from cms.models.locales import language_of

AT_ONCE = 500
LONGEST = Redirect._meta.get_field("old_path").max_length


def lead_on(page, before: str, after: str) -> None:
    """Leave a redirect for a page and every page below it whose address begins to be another one.

    `before` and `after` are url_paths of the page; the rows below may already have the new one.
    Pages that were never public have no address to lose.
    """
    if in_bin(page):
        return
    site = Site.objects.filter(is_default_site=True).first()
    moves = addresses_that_change(page, before, after)
    while part := list(islice(moves, AT_ONCE)):
        _replace(part, site)


def addresses_that_change(page, before: str, after: str) -> Iterator[tuple[int, str, str]]:
    """(id of a page, "/de/old/x", "/de/new/x") for all pages that have been public."""
    rows = Page.objects.descendant_of(page, inclusive=True).filter(first_published_at__isnull=False)
    for pk, url_path, locale_id in rows.values_list("pk", "url_path", "locale_id"):
        here = before if url_path.startswith(before) else after
        language = language_of(locale_id)
        old, new = (
            Redirect.normalise_path(path_of(start + url_path[len(here) :], language))
            for start in (before, after)
        )
        if old != new and len(old) <= LONGEST:
            yield pk, old, new


def _replace(moves: list[tuple[int, str, str]], site: Site | None) -> None:
    """Write the redirects; those that somebody wrote by hand stay, where a page stands none."""
    own = Redirect.objects.filter(site=site)
    own.filter(automatically_created=True, old_path__in=[new for _pk, _old, new in moves]).delete()
    known = dict(
        own.filter(old_path__in=[old for _pk, old, _new in moves]).values_list("old_path", "pk")
    )
    made = [
        Redirect(
            old_path=old,
            site=site,
            redirect_page_id=pk,
            automatically_created=True,
        )
        for pk, old, _new in moves
        if old not in known
    ]
    Redirect.objects.bulk_create(made)
    by_old = {old: pk for pk, old, _new in moves}
    automatic = list(own.filter(pk__in=known.values(), automatically_created=True))
    for redirect in automatic:
        redirect.redirect_page_id = by_old[redirect.old_path]
    Redirect.objects.bulk_update(automatic, ["redirect_page"])
