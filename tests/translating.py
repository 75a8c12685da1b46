"""Sending pages to translators and working on them, as the desk does it."""

from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.translation import strings
from cms.translation.segments import Segment, TranslatedTexts
from cms.translation.sending import parcel
from tests.people import current, make_user


def send(page: Page, language: str, revision=None) -> Translation:
    """Send a page, or a draft of it, to the translators of a language; its draft stands there."""
    locale = Locale.objects.get(language_code=language)
    [sent] = parcel.send(current(page), [locale], None, revision=revision)
    return Translation.objects.get(pk=sent.translation_id)


def target(translation: Translation) -> Page:
    """The translated page as the database has it now."""
    return Page.objects.get(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).specific


def segment(translation: Translation, path: str, number: int = 0) -> Segment:
    """The segment at a path, the first of several unless a number is given."""
    every = TranslatedTexts(translation).segments
    return [one for one in every if one.path.startswith(path)][number]


def fill_in(translation: Translation, user=None, leave: tuple[str, ...] = ()) -> None:
    """Translate all that is open with the language before it ("de News")."""
    language = translation.target_locale.language_code
    for one in TranslatedTexts(translation).segments:
        if one.is_open and not one.path.startswith(leave or ("-",)):
            strings.store(translation, one, f"{language} {one.source}", user)


def translator(language: str = "de", name: str = ""):
    return make_user(name, f"Translators: {language}")


def language_reviewer(language: str = "de", name: str = ""):
    return make_user(name, f"Language reviewers: {language}")
