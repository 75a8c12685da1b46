"""Makers of pages, files and translations, each with values that a test may change."""

import itertools
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO

import pikepdf
from django.core.files.images import ImageFile
from django.db import DEFAULT_DB_ALIAS
from PIL import Image as PillowImage
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.editorial.models import Clearance
from cms.models import Image
from home.models import HomePage, KeyFactsPage
from news.models import NewsIndexPage, NewsPage
from partners.models import (
    LocalNetworkPage,
    MicroProjectPage,
    NetworkIndexPage,
    PartnerIndexPage,
    PartnerPage,
)
from publications.models import (
    Edition,
    EditionFile,
    PublicationIndexPage,
    PublicationPage,
    Recommendation,
    RecommendationsPage,
)

numbers = itertools.count(1)

NEEDED = {
    KeyFactsPage: {
        "acronym": "SEMPRE",
        "project_title": "Social Empowerment in Rural Areas",
        "programme": "Interreg Baltic Sea Region",
        "programme_period": "2014-2020",
        "fund": "European Regional Development Fund",
        "start": date(2016, 3, 1),
    },
    NewsPage: {"published_on": date(2019, 12, 2)},
    PartnerPage: {"country": "SE"},
    LocalNetworkPage: {"country": "DE", "user_group": "single-parents"},
    MicroProjectPage: {"user_group": "single-parents"},
}
"""What each type cannot be without, beside title and slug."""


def make_page(parent: Page, model, live: bool = True, **fields):
    """A page of this type below `parent`, in its locale; published unless `live` is false."""
    number = next(numbers)
    parent = Page.objects.get(pk=parent.pk)
    named = {"title": f"Page {number}", "slug": f"page-{number}", "locale": parent.locale}
    values = named | NEEDED.get(model, {}) | fields
    page = parent.add_child(instance=model(live=False, **values))
    revision = page.save_revision()
    if live:
        release(revision)
    return model.objects.get(pk=page.pk)


def release(revision) -> None:
    """Publish a revision as if its review had ended well."""
    Clearance.objects.reviewed(None, revision, None)
    revision.publish()


def publish(page: Page, **fields):
    """Change fields of a page and publish it; the page as it stands then in the database."""
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    release(page.save_revision())
    return page.specific_class.objects.get(pk=page.pk)


def below_home(model, slug: str, home: HomePage | None = None):
    """The page of this type right below the home page; made when it is missing."""
    home = home or HomePage.objects.get(locale__language_code="en")
    found = model.objects.child_of(home).first()
    return found or make_page(home, model, title=slug.capitalize(), slug=slug)


def make_news(parent: Page | None = None, **fields) -> NewsPage:
    return make_page(parent or below_home(NewsIndexPage, "news"), NewsPage, **fields)


def make_partner(parent: Page | None = None, **fields) -> PartnerPage:
    return make_page(parent or below_home(PartnerIndexPage, "partners"), PartnerPage, **fields)


def make_network(parent: Page | None = None, **fields) -> LocalNetworkPage:
    return make_page(parent or below_home(NetworkIndexPage, "networks"), LocalNetworkPage, **fields)


def make_micro_project(network: Page | None = None, **fields) -> MicroProjectPage:
    network = network or LocalNetworkPage.objects.first() or make_network()
    return make_page(network, MicroProjectPage, **fields)


def make_publication(
    parent: Page | None = None,
    editions: Iterable[tuple[str, str, bytes]] = (),
    model=PublicationPage,
    live: bool = True,
    **fields,
):
    """A publication with an edition for each (language, variant, bytes of a PDF)."""
    parent = parent or below_home(PublicationIndexPage, "publications")
    page = make_page(parent, model, live=False, **fields)
    for language, variant, data in editions:
        page.editions.add(make_edition(language, variant, data))
    revision = page.save_revision()
    if live:
        release(revision)
    return model.objects.get(pk=page.pk)


def make_edition(language: str, variant: str = "", data: bytes | None = None, **fields) -> Edition:
    """An edition that stands on no page yet; its file is stored."""
    file = EditionFile.objects.from_bytes(data or make_pdf(), f"{language}.pdf")
    values = {"title": f"Edition {language} {variant}".strip()} | fields
    return Edition(language=language, variant=variant, file=file, **values)


def make_recommendations(parent: Page | None = None, rows=None, **fields) -> RecommendationsPage:
    """Policy recommendations; a row is {"title", "anchor", "addressee", "text"}, all optional."""
    live = fields.pop("live", True)
    made = make_publication(parent, model=RecommendationsPage, live=False, **fields)
    page = made.get_latest_revision_as_object()
    for number, row in enumerate([{}, {}] if rows is None else rows, start=1):
        values = {
            "anchor": f"r{number}",
            "title": f"Recommendation {number}",
            "addressee": "Municipalities",
            "text": f"<p>Ask people first, for the {number}. time.</p>",
        }
        page.recommendations.add(Recommendation(locale=page.locale, **values | row))
    revision = page.save_revision()
    if live:
        release(revision)
    return RecommendationsPage.objects.get(pk=page.pk)


def make_pdf(title: str = "", pages: int = 1, password: str = "") -> bytes:
    """A small valid PDF, with other bytes at every call."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 300))
    pdf.docinfo["/Title"] = title or f"Edition {next(numbers)}"
    lock = pikepdf.Encryption(owner=password, user=password) if password else False
    out = BytesIO()
    pdf.save(out, encryption=lock)
    return out.getvalue()


def make_png(size: tuple[int, int] = (800, 500)) -> bytes:
    """The bytes of an image, with another colour at every call."""
    number = next(numbers)
    out = BytesIO()
    PillowImage.new("RGB", size, (number % 256, number // 256 % 256, 90)).save(out, "PNG")
    return out.getvalue()


def make_image(**fields) -> Image:
    name = f"image-{next(numbers)}.png"
    file = ImageFile(BytesIO(make_png()), name=name)
    return Image.objects.create(**{"title": name, "file": file, "credit": "SEMPRE"} | fields)


def lose(image: Image) -> None:
    """Take an image away behind the back of all who guard it, as a lost backup would."""
    image.renditions.all().delete()
    image.file.delete(save=False)
    Image.objects.filter(pk=image.pk)._raw_delete(DEFAULT_DB_ALIAS)


Strings = dict[str, str] | Callable[[str], str] | None


def translate(page: Page, language: str, strings: Strings = None, leave: Iterable[str] = ()):
    """Publish a page's translation through wagtail-localize; the translated page.

    `strings` is a function, or a dictionary of what is to be translated otherwise than with the
    language before it ("de News"). Texts whose path starts with one of `leave` stay in the source
    language. Pages above it that have no translation get one first. A second call translates what
    the source says now.
    """
    locale = Locale.objects.get(language_code=language)
    above = page.get_parent()
    if above.depth > 1 and not above.has_translation(locale):
        translate(above.specific, language)
    fresh = Page.objects.get(pk=page.pk).specific
    source, _ = TranslationSource.update_or_create_from_instance(fresh)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    _store_strings(source, locale, strings, tuple(leave))
    if not fresh.has_translation(locale):
        _own_slug(source.as_instance().copy_for_translation(locale), language)
    translated = source.get_ephemeral_translated_instance(locale, fallback=True)
    _own_slug(translated, language)
    release(translated.save_revision())
    return type(fresh).objects.get(pk=translated.pk)


def _store_strings(source, locale: Locale, strings: Strings, leave: tuple[str, ...]) -> None:
    segments = StringSegment.objects.filter(source=source).order_by("pk")
    for segment in segments.select_related("string", "context"):
        if leave and segment.context.path.startswith(leave):
            continue
        StringTranslation.objects.update_or_create(
            locale=locale,
            translation_of=segment.string,
            context=segment.context,
            defaults={
                "data": _word(segment.string.data, locale.language_code, strings),
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )


def _word(text: str, language: str, strings: Strings) -> str:
    if callable(strings):
        return strings(text)
    return (strings or {}).get(text) or f"{language} {text}"


def _own_slug(page: Page, language: str) -> None:
    """Home pages stand side by side, and each needs a slug of its own."""
    if page.depth == 2:
        page.slug = f"home-{language}"
        Page.objects.filter(pk=page.pk).update(slug=page.slug)
