"""What happens to a source happens to its translations too, unless somebody decides otherwise.

Whoever may do it to the source does it to them all: that is the rule of the site, and no right
on each of them is asked for. `keeping_translations()` of cms.editorial.along is the exception.
"""

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.editorial.along import translations_stay
from cms.editorial.bin.trees import translations_of
from cms.editorial.due import take_down
from cms.editorial.rule import in_bin, outside_bin
from cms.translation.models import StandsApart, TranslationBasis
from cms.translation.state import translation_of

HOME_DEPTH = 2


def source_of(page) -> Page | None:
    """The page that a translation was made from; None for a source, and where that is gone."""
    translation = translation_of(page)
    if translation is None:
        return None
    return Page.objects.filter(
        translation_key=page.translation_key, locale_id=translation.source.locale_id
    ).first()


def translations(source) -> list[Page]:
    """The pages made from this one, whatever their state; those in the bin left out."""
    return translations_of(Page.objects.filter(pk=source.pk))


def is_orphan(page, source) -> bool:
    """Whether a translation is public without its source, because somebody wanted it so."""
    return source is None or in_bin(source) or (page.live and not source.live)


def followed(page) -> Page | None:
    """The source that a translation goes where it goes; None for pages that stand on their own."""
    source = source_of(page)
    if is_orphan(page, source) or StandsApart.objects.filter(page_id=page.pk).exists():
        return None
    return source


def travellers(source) -> list[Page]:
    """The translations that a source takes along when it moves."""
    return [page for page in translations(source) if not is_orphan(page, source)]


def live_translations(source) -> list[Page]:
    """The translations that are unpublished with a page and those below it."""
    below = Page.objects.descendant_of(source, inclusive=True).filter(live=True)
    return [page for page in translations_of(below) if page.live]


def unpublish_translations(source) -> None:
    """Take down what was made from a page that was taken down, or note that somebody keeps it."""
    found = translations(source)
    if translations_stay():
        live = [page.pk for page in found if page.live]
        bases = TranslationBasis.objects.filter(page_id__in=live)
        bases.update(kept_at=timezone.now())
        return
    for page in found:
        if page.live:
            take_down(page.specific, set_expired=source.expired)


def keep_alone(basis: TranslationBasis) -> None:
    """Who publishes a translation whose source is not public has decided it."""
    if basis.kept_at is None and (basis.source is None or not basis.source.live):
        basis.kept_at = timezone.now()
        basis.save()


def rejoin(source) -> None:
    """A source that is public has its translations back."""
    kept = TranslationBasis.objects.filter(page__translation_key=source.translation_key)
    kept.filter(kept_at__isnull=False).update(kept_at=None)


def elsewhere(works: QuerySet) -> list[tuple[Page, Page]]:
    """(translation, source) of the works of these pages that stand below pages of other works."""
    keys = works.order_by().values("translation_key")
    records = Translation.objects.filter(source__object_id__in=keys).values_list(
        "source__object_id", "source__locale_id", "target_locale_id"
    )
    if not records:
        return []
    rows = outside_bin(Page.objects.filter(translation_key__in=keys, depth__gt=HOME_DEPTH))
    pages = {(page.translation_key, page.locale_id): page for page in rows}
    pairs = [(pages.get((key, to)), pages.get((key, of))) for key, of, to in records]
    whole = [(page, source) for page, source in pairs if page and source]
    above = _works_above(pages.values())
    return [pair for pair in whole if above[pair[0].pk] != above[pair[1].pk]]


def is_elsewhere(page, source) -> bool:
    """Whether a translation stands below a page of another work than its source does."""
    if page.depth <= HOME_DEPTH or source.depth <= HOME_DEPTH:
        return False
    above = _works_above([page, source])
    return above[page.pk] != above[source.pk]


def _works_above(pages) -> dict:
    """{pk of a page: translation_key of the page above it}"""
    paths = {page.pk: page.path[: -Page.steplen] for page in pages}
    parents = Page.objects.filter(path__in=set(paths.values()))
    keys = dict(parents.values_list("path", "translation_key"))
    return {pk: keys.get(path) for pk, path in paths.items()}
