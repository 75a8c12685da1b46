"""What happens to a source happens to its translations too, unless somebody decides otherwise.

Whoever may do it to the source does it to them all: that is the rule of the site, and no right
on each of them is asked for. `keeping_translations()` of cms.editorial.along is the exception.
"""

from django.utils import timezone
from wagtail.models import Page

from cms.editorial.along import translations_stay
from cms.editorial.bin.trees import translations_of
from cms.editorial.due import take_down
from cms.editorial.rule import in_bin
from cms.translation.models import StandsApart, TranslationBasis
from cms.translation.state import translation_of


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


def is_kept(basis: TranslationBasis) -> bool:
    """Whether somebody has decided that this translation is public without its source."""
    return basis.kept_at is not None


def keep_alone(basis: TranslationBasis) -> None:
    """Who publishes a translation whose source is not public has decided it."""
    if not is_kept(basis) and (basis.source is None or not basis.source.live):
        basis.kept_at = timezone.now()
        basis.save()


def rejoin(source) -> None:
    """A source that is public has its translations back."""
    kept = TranslationBasis.objects.filter(page__translation_key=source.translation_key)
    kept.filter(kept_at__isnull=False).update(kept_at=None)
