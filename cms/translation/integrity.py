"""What must hold of translations: their bases, their states, and who may read them."""

from copy import copy
from functools import partial
from itertools import groupby

from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import Translation

from cms.editorial.integrity.registry import NotMended, Violation, check
from cms.editorial.rule import in_bin
from cms.translation.fingerprint import fingerprint
from cms.translation.models import StandsApart, TranslationBasis
from cms.translation.places import stand_beside
from cms.translation.restrictions import facts, follow, follow_places, nearest
from cms.translation.state import derive, refresh, store_basis, translation_of
from cms.translation.structure import elsewhere, followed, is_orphan, source_of

DERIVED = ["state", "outdated_since", "open_segments", "open_words"]


@check("basis.hidden", order=80)
def bases_of_pages_that_are_not_live():
    for basis in TranslationBasis.objects.filter(page__live=False).select_related("page"):
        message = f"“{basis.page.title}” is not live and has a basis of its translation."
        repair = partial(_drop, basis.page_id)
        yield Violation("basis.hidden", f"page {basis.page_id}", message, repair)


def _drop(page_id: int) -> str:
    """As when a page is taken down."""
    if not TranslationBasis.objects.filter(page_id=page_id, page__live=False).delete()[0]:
        raise NotMended("the page was published meanwhile")
    return "the basis is removed"


@check("basis.missing", order=81)
def translations_without_basis():
    """Mended where wagtail-localize still has the source text of that publishing."""
    for page in _live_translations().filter(translation_basis=None):
        translation = translation_of(page)
        known = page.last_published_at and translation.source.last_updated_at
        repair = None
        if known and known <= page.last_published_at:
            repair = partial(_store, page.pk)
        message = f"“{page.title}” is a live translation, and nobody knows of which text."
        yield Violation("basis.missing", f"page {page.pk}", message, repair)


def _live_translations():
    targets = Translation.objects.values_list("source__object_id", "target_locale_id")
    keys = set(targets)
    found = Page.objects.live().filter(translation_key__in={key for key, _ in keys})
    rows = found.values_list("pk", "translation_key", "locale_id")
    return Page.objects.filter(pk__in=[pk for pk, *place in rows if tuple(place) in keys])


def _store(pk: int) -> str:
    page = Page.objects.get(pk=pk).specific
    translation = translation_of(page)
    if translation is None or not page.live:
        raise NotMended("the page was taken down meanwhile")
    return f"the basis is stored; the translation is {store_basis(page, translation).state}"


@check("basis.state", order=82)
def states():
    """What is stored must be what follows from the basis and the source of now."""
    bases = TranslationBasis.objects.filter(page__live=True).select_related("page", "source")
    for _, same_source in groupby(bases.order_by("source_id", "pk"), lambda b: b.source_id):
        now = None
        for basis in same_source:
            if now is None and basis.source and basis.source.live:
                now = fingerprint(basis.source.specific)
            fresh = copy(basis)
            derive(fresh, now)
            wrong = [name for name in DERIVED if getattr(fresh, name) != getattr(basis, name)]
            if wrong:
                told = ", ".join(f"{name} is {getattr(fresh, name)}" for name in wrong)
                message = f"“{basis.page.title}” is kept as {basis.state}; {told}."
                repair = partial(_refresh, basis.pk)
                yield Violation("basis.state", f"page {basis.page_id}", message, repair)


def _refresh(pk: int) -> str:
    basis = TranslationBasis.objects.select_for_update().get(pk=pk)
    refresh(basis)
    return f"the translation is {basis.state}, with {basis.open_words} words open"


@check("translation.restriction", order=83)
def restrictions():
    """Mended towards the closed side only: what the source opens is for people to open."""
    apart = elsewhere(Page.objects.all())
    every = PageViewRestriction.objects.prefetch_related("groups").select_related("page")
    by_page = {one.page_id: one for one in every}
    keys = {one.page.translation_key for one in by_page.values()}
    pages = Page.objects.filter(translation_key__in=keys).exclude(
        pk__in=[page.pk for page, _ in apart]
    )
    pages = pages.order_by("translation_key", "pk")
    for _, works in groupby(pages, lambda page: page.translation_key):
        yield from _uneven(list(works), by_page)
    for page, source in apart:
        yield from _as_wanted(page, by_page.get(page.pk), nearest(source), source)


def _uneven(pages: list[Page], by_page: dict[int, PageViewRestriction]):
    sources = [page for page in pages if translation_of(page) is None]
    if not sources or in_bin(sources[0]):
        return
    for page in pages:
        if page != sources[0]:
            wanted = by_page.get(sources[0].pk)
            yield from _as_wanted(page, by_page.get(page.pk), wanted, sources[0])


def _as_wanted(page: Page, known, wanted, source: Page):
    if facts(known) != facts(wanted):
        message = f"“{page.title}” is restricted otherwise than its source, page {source.pk}."
        repair = partial(_follow, source.pk) if wanted else None
        yield Violation("translation.restriction", f"page {page.pk}", message, repair)


def _follow(source_id: int) -> str:
    source = Page.objects.get(pk=source_id)
    if nearest(source) is None:
        raise NotMended("the restriction was lifted meanwhile")
    follow(source)
    return "restricted as its source"


@check("translation.place", order=84)
def places_of_translations():
    """A translation stands where its source stands, unless somebody has left it elsewhere."""
    left = set(StandsApart.objects.values_list("page_id", flat=True))
    for page, source in elsewhere(Page.objects.all()):
        if page.pk not in left and not is_orphan(page, source):
            message = f"“{page.title}” stands elsewhere than its source, page {source.pk}."
            repair = partial(_stand, page.pk)
            yield Violation("translation.place", f"page {page.pk}", message, repair)


def _stand(pk: int) -> str:
    page = Page.objects.get(pk=pk)
    source = followed(page)
    if source is None:
        raise NotMended("somebody has decided about it meanwhile")
    stand_beside(page, source)
    follow_places([page])
    return f"moved to {Page.objects.get(pk=pk).url_path}"


@check("translation.unpublished", order=85)
def translations_without_their_source():
    """Named only: people take them down, or keep them by publishing them again."""
    kept = TranslationBasis.objects.filter(kept_at__isnull=False).values("page")
    for page in _live_translations().exclude(pk__in=kept):
        source = source_of(page)
        if source is not None and not source.live:
            message = f"“{page.title}” is live, its source is not, and nobody has decided it."
            yield Violation("translation.unpublished", f"page {page.pk}", message)
