"""The sample site's translations: real ones of wagtail-localize, from one PO file a locale.

Each entry's msgid is a text as wagtail-localize cuts it; the same text is translated alike
wherever it stands.
"""

from functools import cache
from pathlib import Path

import polib
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.sample.review import SamplePeople
from cms.sample.texts import SampleError

FOLDER = Path(__file__).parent / "translations"


@cache
def catalogue(language: str) -> dict[str, str]:
    """{"News": "Aktuelles", ...}; raises SampleError for a missing or damaged file."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        raise SampleError(f"translations/{language}.po is missing.")
    try:
        entries = polib.pofile(str(path), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SampleError(f"translations/{path.name} cannot be read: {error}") from error
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgstr and not entry.obsolete}


def translate(
    page: Page, locale: Locale, people: SamplePeople, leave: frozenset[str] = frozenset()
) -> Page:
    """Make and publish the translation of a published page, through wagtail-localize.

    The texts at the paths in `leave` stay untranslated, which makes the page `partial`; any
    other text without a translation raises SampleError.
    """
    source, _ = TranslationSource.update_or_create_from_instance(page.specific)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    _store_strings(source, locale, page, leave)
    if not page.has_translation(locale):
        draft = source.as_instance().copy_for_translation(locale)
        _own_slug(draft, locale)
    translated = source.get_ephemeral_translated_instance(locale, fallback=True)
    _own_slug(translated, locale)
    people.release(translated)
    return Page.objects.get(pk=translated.pk).specific


def _store_strings(source, locale: Locale, page: Page, leave: frozenset[str]) -> None:
    known = catalogue(locale.language_code)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        text = segment.string.data
        if any(segment.context.path.startswith(path) for path in leave):
            continue
        if text not in known:
            name = f"translations/{locale.language_code}.po"
            raise SampleError(f"{name}: “{text}” of the page “{page.url_path}” is missing.")
        StringTranslation.objects.get_or_create(
            locale=locale,
            translation_of=segment.string,
            context=segment.context,
            defaults={
                "data": known[text],
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )


def _own_slug(page: Page, locale: Locale) -> None:
    """A home page stands beside those of other locales and needs a slug of its own."""
    if page.depth == 2:
        page.slug = f"home-{locale.language_code}"
        if page.pk:
            Page.objects.filter(pk=page.pk).update(slug=page.slug)
