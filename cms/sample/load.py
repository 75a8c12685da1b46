"""Turns facts, texts, drawings and translations into the sample site; may be repeated."""

from collections.abc import Callable
from datetime import date

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.sample.accounts import keep_accounts, make_accounts
from cms.sample.editions.make import EditionError, edition_text, fonts, make_pdf
from cms.sample.images import load_cover, load_images
from cms.sample.pages import PageFields, type_of
from cms.sample.review import SamplePeople
from cms.sample.states import TRANSLATIONS, earlier, left_open
from cms.sample.texts import SampleError, SampleTexts, read_texts
from cms.sample.translate import catalogue, translate
from home.models import HomePage
from publications.models import Edition, EditionFile, PublicationPage

Say = Callable[[str], None]


class SampleLoader:
    """Writes what is missing of the sample site, all of it or nothing."""

    def __init__(self, texts: SampleTexts, say: Say):
        self.texts, self.say = texts, say
        self.languages = texts.facts["site_languages"]
        self.pages: dict[str, Page] = {}
        self.made: list[str] = []

    def load(self) -> int:
        """The number of pages that were made, translations included."""
        self.people = SamplePeople()
        self.images = load_images()
        self._make_pages()
        self._publish_pages()
        translated = self._translate_pages()
        self._publish_final_texts()
        return len(self.made) + translated

    def _make_pages(self) -> None:
        self.say("pages")
        home = HomePage.objects.get(slug="home")
        self.pages[""] = home
        for path in self.texts.in_order:
            if path:
                self._make_page(path)
        if not home.hero_title:
            self.made.append("")

    def _make_page(self, path: str) -> None:
        parent, _, slug = path.rpartition("/")
        found = self.pages[parent].get_children().filter(slug=slug).first()
        if found is None:
            fields = PageFields(self.texts, path, self.images).plain()
            page = type_of(path)(
                **fields, live=False, owner=self.people.editor, locale=Locale.get_default()
            )
            # The parent was read before its other children were made.
            found = Page.objects.get(pk=self.pages[parent].pk).add_child(instance=page)
            self.made.append(path)
        self.pages[path] = found.specific

    def _publish_pages(self) -> None:
        self.say("texts")
        for path in self.made:
            # Read anew: the page has children now, and saving it would forget them.
            page = Page.objects.get(pk=self.pages[path].pk).specific
            fields = PageFields(self.texts, path, self.images)
            self._set(page, fields.linked(self.pages) | earlier(path))
            if path == "":
                self._set(page, fields.plain())
            if isinstance(page, PublicationPage):
                self._add_editions(page)
            self.people.release(page)

    def _set(self, page: Page, fields: dict) -> None:
        for name, value in fields.items():
            setattr(page, name, value)

    def _add_editions(self, page: PublicationPage) -> None:
        fact = self.texts.fact("publications", "title", self.texts.pages[self._path(page)]["fact"])
        for row in fact["editions"]:
            language, variant = row["language"], row.get("variant", "")
            page.editions.add(self._edition(page.slug, language, variant, row.get("published")))
        page.image, page.image_decorative = load_cover(page.slug), True

    def _path(self, page: Page) -> str:
        return page.url_path.split("/", 2)[2].strip("/")

    def _edition(self, slug: str, language: str, variant: str, published_on) -> Edition:
        text = edition_text(slug, language, variant)
        data = make_pdf(slug, language, variant)
        day = date.fromisoformat(published_on) if published_on else None
        return Edition(
            language=language,
            variant=variant,
            title=text.title,
            subtitle=text.subtitle,
            published_on=day,
            year=text.year if day is None else None,
            file=EditionFile.objects.from_bytes(data, f"{slug}_{language}.pdf"),
        )

    def _translate_pages(self) -> int:
        count = 0
        for language in self.languages["others"]:
            self.say(language)
            locale = Locale.objects.get(language_code=language)
            for path in TRANSLATIONS[language]:
                page = Page.objects.get(pk=self.pages[path].pk)
                known = page.get_translation_or_none(locale)
                if known is None or not known.live:
                    translate(page, locale, self.people, left_open(path, language))
                    count += 1
        return count

    def _publish_final_texts(self) -> None:
        """Publish the sources anew whose translations are to be overtaken."""
        for path in self.made:
            if earlier(path):
                page = Page.objects.get(pk=self.pages[path].pk).specific
                self._set(page, {name: self.texts.pages[path][name] for name in earlier(path)})
                self.people.release(page)


def load_sample(say: Say = lambda words: None) -> int:
    """Load the sample site into a site that `setup_site` has made; the number of pages made.

    Everything is read and checked first; raises SampleError, and nothing is half loaded.
    """
    texts = read_texts()
    try:
        _check(texts)
        with transaction.atomic():
            accounts = make_accounts()
            made = SampleLoader(texts, say).load()
            keep_accounts(accounts)
    except EditionError as error:
        raise SampleError(str(error)) from error
    except ValidationError as error:
        raise SampleError(f"The site does not accept what it was given: {error}") from error
    return made


def _check(texts: SampleTexts) -> None:
    """Find what is missing or damaged before anything is written."""
    for language in texts.facts["site_languages"]["others"]:
        catalogue(language)
    for path in texts.in_order:
        PageFields(texts, path, {}).facts()
    fonts()


def is_empty() -> bool:
    """Whether nobody has worked on this site yet: no account, and no page below the home page."""
    site = Site.objects.filter(is_default_site=True).first()
    pages = site is not None and site.root_page.get_children().exists()
    return not pages and not get_user_model().objects.exists()
