"""What may be asked for: the parameters of lists, each closed to what makes sense."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from django.conf import settings
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import core_schema

from cms.models.locales import active_languages

FURTHEST = 1_000_000_000
MAX_LENGTH = 200


@dataclass(frozen=True)
class OneOf:
    """A text that is one of these: `Annotated[str, OneOf(("lead", "partner"))]`."""

    values: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source, handler):
        return core_schema.literal_schema(list(self.values))


def choices(pairs: Iterable[tuple]) -> OneOf:
    """The keys of one of the closed vocabularies."""
    return OneOf(tuple(key for key, _label in pairs))


def orders(*names: str) -> OneOf:
    """Each name upwards and, behind a minus sign, downwards."""
    return OneOf(tuple(f"{sign}{name}" for name in names for sign in ("", "-")))


def _plain(value):
    """Digits alone: neither '1.0' nor ' 5' nor '1_000' is a number here."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) < 20):
        raise ValueError("must be a whole number, in digits")
    return int(value)


def _active(language: str) -> str:
    if language not in active_languages():
        known = ", ".join(sorted(active_languages()))
        raise ValueError(f"there is no locale {language[:20]!r}; there are {known}")
    return language


def _all_active(languages: str) -> str:
    for language in languages.split(","):
        _active(language)
    return languages


Number = Annotated[int, BeforeValidator(_plain)]
Year = Annotated[int, Field(ge=1, le=9999), BeforeValidator(_plain)]
Language = Annotated[str, AfterValidator(_active)]
Languages = Annotated[str, AfterValidator(_all_active)]


class ListQuery(Schema):
    """What every list takes; each kind adds its order and its filters."""

    locale: Language = Field(
        settings.LANGUAGE_CODE, description="Whose pages to list.", max_length=MAX_LENGTH
    )
    fallback: Languages | None = Field(
        None,
        description="Locales to try in turn where a work is not public in `locale`: `en,de`.",
        max_length=MAX_LENGTH,
    )
    limit: Number = Field(20, ge=1, le=100)
    offset: Number = Field(0, ge=0, le=FURTHEST)
    order: str

    @property
    def languages(self) -> list[str]:
        """The locales to look in, the one asked for first, each once."""
        further = self.fallback.split(",") if self.fallback else []
        return list(dict.fromkeys([self.locale, *further]))
