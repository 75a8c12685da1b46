"""The locales of the site, known to every process without a query a request."""

from time import monotonic

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale

SECONDS = 10
"""How long a process may miss a locale that another one has switched on or off."""

_known: dict[int, str] = {}
_read_at = 0.0


def _codes() -> dict[int, str]:
    global _known, _read_at
    if not _known or monotonic() - _read_at > SECONDS:
        _known = dict(Locale.objects.values_list("id", "language_code"))
        _read_at = monotonic()
    return _known


@receiver([post_save, post_delete], sender=Locale)
def forget_locales(**kwargs) -> None:
    """Read the locales anew at their next use."""
    global _known
    _known = {}


def language_of(locale_id: int) -> str:
    """The language code of a locale; raises Locale.DoesNotExist for an unknown id."""
    if locale_id not in _codes():
        forget_locales()
    try:
        return _codes()[locale_id]
    except KeyError as error:
        raise Locale.DoesNotExist(f"There is no locale {locale_id}.") from error


def active_languages() -> dict[str, str]:
    """{"de": "Deutsch", "et": "eesti", ...} for the locales switched on, in their fixed order."""
    on = set(_codes().values())
    return {code: name for code, name in settings.LANGUAGES if code in on}


def names_of(locale_ids) -> str:
    """The names of locales, each in its own words: 'Deutsch, eesti'."""
    codes = {language_of(pk) for pk in locale_ids}
    return ", ".join(name for code, name in active_languages().items() if code in codes)


def locale_id_of(language: str) -> int | None:
    """The id of a locale by its language code, None where it is not switched on."""
    return next((pk for pk, code in _codes().items() if code == language), None)
