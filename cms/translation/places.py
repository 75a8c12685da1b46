"""Where translations stand: at the place of their sources, in their own locale."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.editorial.along import languages_of, translations_stay
from cms.editorial.rule import Refused, in_bin
from cms.translation.models import StandsApart
from cms.translation.sending.parcel import Parcel
from cms.translation.state import translation_of
from cms.translation.structure import (
    HOME_DEPTH,
    elsewhere,
    followed,
    is_elsewhere,
    source_of,
    travellers,
)

FOLLOWS = gettext_lazy("This page follows the page it was made from; move that one.")

_following: ContextVar[bool] = ContextVar("following", default=False)


@contextmanager
def _as_follower() -> Iterator[None]:
    token = _following.set(True)
    try:
        yield
    finally:
        _following.reset(token)


def is_following() -> bool:
    """Whether a page is being moved because its source has moved."""
    return _following.get()


def find_places(works: QuerySet) -> list[Page]:
    """Bring translations of these works to their sources, where nobody wants them elsewhere.

    Those that were moved. Raises Refused where there is no place for one.
    """
    found = [pair for pair in elsewhere(works) if followed(pair[0])]
    for page, source in found:
        stand_beside(page, source)
    return [page for page, _source in found]


def check_move(page, parent) -> None:
    """Raise Refused where a page cannot be moved below this one, or not with its translations."""
    if is_following():
        return
    if followed(page):
        raise Refused(FOLLOWS)
    if parent.depth > 1 and not translations_stay() and translation_of(page) is None:
        for translation in travellers(page):
            check_place(translation, parent)


def check_place(page, parent) -> None:
    """Raise Refused where a translation cannot stand below the counterpart of its source's parent.

    `parent` is a page in any locale.
    """
    missing = []
    target = _counterpart(parent, page.locale_id)
    words = {"language": languages_of([page]), "title": page.get_admin_display_title()}
    while target is None:
        missing.append(parent)
        parent = parent.get_parent()
        if parent.depth < HOME_DEPTH:
            raise Refused(_("There is no home page in %(language)s.") % words)
        target = _counterpart(parent, page.locale_id)
    words |= {"parent": target.get_admin_display_title()}
    words |= {"slug": missing[-1].slug if missing else page.slug}
    if in_bin(target):
        message = _("In %(language)s, “%(parent)s” is in the bin. Restore it first.")
    elif target.pk == page.pk or target.is_descendant_of(page):
        message = _("In %(language)s, “%(parent)s” stands below “%(title)s” itself.")
    elif target.get_children().filter(slug=words["slug"]).exclude(pk=page.pk).exists():
        message = _("In %(language)s, another page below “%(parent)s” has the slug “%(slug)s”.")
    else:
        return
    raise Refused(message % words)


def missing(page, parent) -> list[str]:
    """What is made as a draft when a page moves there: '“Elsewhere” (Deutsch)', and so on."""
    found = []
    for translation in travellers(page) if parent.depth > 1 else ():
        above = [*parent.get_ancestors().filter(depth__gte=HOME_DEPTH), parent]
        found += [
            f"“{each.get_admin_display_title()}” ({languages_of([translation])})"
            for each in above
            if _counterpart(each, translation.locale_id) is None
        ]
    return found


def _counterpart(page, locale_id: int) -> Page | None:
    """The page of the same work in another locale, also from the bin."""
    return Page.objects.filter(translation_key=page.translation_key, locale_id=locale_id).first()


def follow_move(page, is_elsewhere_now: bool) -> None:
    """Bring what was made from a page to where it has moved, or note that somebody left it.

    Among its old siblings a page takes along only what stands there with it.
    """
    if translation_of(page) is not None:
        forget_apart(page)
    elif page.depth > HOME_DEPTH:
        for translation in travellers(page):
            if translations_stay():
                _leave(translation, page)
            elif is_elsewhere_now or followed(translation):
                stand_beside(translation, page)


def _leave(page, source) -> None:
    if is_elsewhere(page, source):
        StandsApart.objects.get_or_create(page_id=page.pk)
    else:
        StandsApart.objects.filter(page_id=page.pk).delete()


def forget_apart(page) -> None:
    """A translation that moved by itself to its source's place stands with it again."""
    source = source_of(page)
    if source and not is_elsewhere(page, source):
        StandsApart.objects.filter(page_id=page.pk).delete()


def stand_beside(page, source) -> None:
    """Move a translation to its source's place in its own locale; raises Refused."""
    check_place(page, source.get_parent())
    parent = page_in(source.get_parent(), page.locale)
    target, position = _position(page, source, parent)
    if target:
        with _as_follower():
            page.specific.move(target, pos=position)
    StandsApart.objects.filter(page_id=page.pk).delete()


def page_in(page, locale) -> Page:
    """The counterpart of a page in a locale; made as a draft, with what is missing above it."""
    found = _counterpart(page, locale.pk)
    if found is None:
        source = source_of(page) or page
        page_in(source.get_parent(), locale)
        Parcel(source.pk, None, ahead=not source.live).send(locale)
        found = _counterpart(page, locale.pk)
    return found


def _position(page, source, parent) -> tuple[Page | None, str]:
    """Where a translation is to stand among its siblings; None where it stands there already.

    Behind the translation of the nearest page before its source, else before the one of the
    nearest page behind it.
    """
    order = list(source.get_parent().get_children().values_list("translation_key", flat=True))
    here = {sibling.translation_key: sibling for sibling in parent.get_children()}
    place = order.index(source.translation_key)
    before = [key for key in order[:place] if key in here]
    behind = [key for key in order[place + 1 :] if key in here]
    if page.translation_key in here:
        known = [key for key in here if key in set(order)]
        now = known.index(page.translation_key)
        if known[:now][-1:] == before[-1:] and known[now + 1 :][:1] == behind[:1]:
            return None, ""
    if before:
        return here[before[-1]], "right"
    return (here[behind[0]], "left") if behind else (parent, "last-child")
