"""Many works in all languages at once, made behind the back of everything that makes pages slow."""

from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale, Page, Revision, get_default_page_content_type
from wagtail_localize.models import TranslatableObject, Translation, TranslationSource

from cms.translation.models import Assignment, SourceText, TranslationBasis
from home.models import HomePage, StandardPage

STATES = ("live", "outdated", "partial")
STEP = 100_000
"""Where the made-up pages of a locale begin among those below its home."""


def make_many(works: int, languages: list[str] | None = None, first: int = 0) -> None:
    """So many standard pages with a published translation into each of these locales.

    They are numbered from `first`. The states take turns; a third of the translations is worked on.
    """
    languages = languages or [code for code, _name in settings.LANGUAGES]
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in languages}
    homes = {code: _home(locale) for code, locale in locales.items()}
    keys = [uuid4() for _ in range(works)]
    pages = {code: _pages(keys, locales[code], homes[code], first) for code in languages}
    _sources(keys, pages.pop("en"), locales, pages)


def _home(locale: Locale) -> Page:
    known = Page.objects.filter(depth=2, locale=locale).first()
    if known:
        return known
    source = HomePage.objects.get(locale__language_code="en")
    return source.copy_for_translation(locale)


def _pages(keys: list, locale: Locale, home: Page, first: int) -> list[Page]:
    now = timezone.now()
    kind = ContentType.objects.get_for_model(StandardPage)
    made = [
        Page(
            path=Page._get_path(home.path, home.depth + 1, STEP + number),
            depth=home.depth + 1,
            title=f"Work {number} {locale.language_code}",
            draft_title=f"Work {number} {locale.language_code}",
            slug=f"work-{number}",
            url_path=f"{home.url_path}work-{number}/",
            translation_key=key,
            locale=locale,
            content_type=kind,
            live=True,
            has_unpublished_changes=False,
            last_published_at=now,
        )
        for number, key in enumerate(keys, first)
    ]
    pages = Page.objects.bulk_create(made, batch_size=500)
    base = get_default_page_content_type()
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=kind,
                base_content_type=base,
                object_id=str(page.pk),
                created_at=now - timedelta(days=1),
                content={},
            )
            for page in pages
        ],
        batch_size=500,
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.live_revision = page.latest_revision = revision
    Page.objects.bulk_update(pages, ["live_revision", "latest_revision"], batch_size=200)
    return pages


def _sources(keys: list, sources: list[Page], locales: dict, translated: dict) -> None:
    kind = ContentType.objects.get_for_model(StandardPage)
    base = get_default_page_content_type()
    TranslatableObject.objects.bulk_create(
        [TranslatableObject(translation_key=key, content_type=base) for key in keys]
    )
    made = TranslationSource.objects.bulk_create(
        [
            TranslationSource(
                object_id=page.translation_key,
                specific_content_type=kind,
                locale=page.locale,
                object_repr=page.title,
                content_json="{}",
                last_updated_at=timezone.now(),
            )
            for page in sources
        ],
        batch_size=500,
    )
    SourceText.objects.bulk_create(
        [SourceText(page=page, segments={}, segment_count=5, words=100) for page in sources]
    )
    for code, pages in translated.items():
        _translations(made, sources, pages, locales[code])


def _translations(made: list, sources: list[Page], pages: list[Page], locale: Locale) -> None:
    rows = Translation.objects.bulk_create(
        [Translation(source=source, target_locale=locale) for source in made], batch_size=500
    )
    person = get_user_model().objects.order_by("pk").first()
    assignments = [_assignment(row, number, person) for number, row in enumerate(rows)]
    Assignment.objects.bulk_create(assignments, batch_size=500)
    pairs = enumerate(zip(pages, sources, strict=True))
    bases = [_basis(page, source, number) for number, (page, source) in pairs]
    TranslationBasis.objects.bulk_create(bases, batch_size=500)


def _assignment(translation: Translation, number: int, person) -> Assignment:
    now = timezone.now()
    return Assignment(
        translation=translation,
        due_on=date(2030, 1, 1) if number % 3 else date(2020, 1, 1),
        segments=5,
        words=100,
        open_segments=1,
        open_words=10,
        machine_words=9,
        is_stale=False,
        changed_at=now - timedelta(days=0 if number % 3 else 2),
        translated_by=person,
        translated_at=now,
        reviewed_by=person,
        reviewed_at=now,
    )


def _basis(page: Page, source: Page, number: int) -> TranslationBasis:
    since = timezone.now() - timedelta(days=40)
    return TranslationBasis(
        page=page,
        source=source,
        segments={},
        state=STATES[number % 3],
        outdated_since=since if number % 3 == 1 else None,
        open_words=number % 3 * 20,
        open_segments=number % 3,
    )
