"""The shapes that the content API's answers share; no query is made here."""

from datetime import datetime
from typing import Annotated, Literal

from django.conf import settings
from ninja import Schema
from pydantic import BeforeValidator, Field


def absolute(address: str) -> str:
    """'/media/x.webp' behind the site's public address; a full address as it is."""
    return settings.SITE_URL + address if address.startswith("/") else address


Address = Annotated[str, BeforeValidator(absolute), Field(json_schema_extra={"format": "uri"})]


class Size(Schema):
    """{"url": "https://.../x.webp", "width": 640, "height": 400}"""

    url: Address
    width: int
    height: int


class ImageShape(Schema):
    """{"alt": "...", "credit": "...", "sizes": {"card": {"url": ..., "width": 640, ...}}}"""

    alt: str
    credit: str
    sizes: dict[str, Size]


class LinkShape(Schema):
    """A public page that another one names, in the best locale for the reader of that one."""

    id: int
    title: str
    url: Address
    path: str
    language: str


class TranslationShape(Schema):
    """One other site locale of a work; `url` and `api_url` are null exactly when `missing`."""

    locale: str
    state: Literal["original", "missing", "live", "partial", "outdated"]
    url: str | None
    api_url: str | None
    outdated_since: datetime | None


class Item(Schema):
    """What every page tells of itself, in lists and alone."""

    id: int
    type: str
    locale: str
    state: Literal["original", "live", "partial", "outdated"]
    outdated_since: datetime | None
    title: str
    slug: str
    introduction: str
    url: str
    api_url: str
    first_published_at: datetime | None
    last_published_at: datetime | None
    requested_locale: str
    served_locale: str
    is_fallback: bool
    translations: list[TranslationShape]
    image: ImageShape | None


class Listing(Schema):
    """{"count": 41, "next": "https://...", "previous": null, "items": [...]}"""

    count: int
    next: str | None
    previous: str | None


class RedirectTarget(Schema):
    to: str
    permanent: bool


class Redirected(Schema):
    """{"redirect": {"to": "https://.../lt/news/new/", "permanent": true}}"""

    redirect: RedirectTarget


class ParameterProblem(Schema):
    parameter: str
    detail: str


class Problem(Schema):
    """RFC 9457: {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "..."}"""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ParameterProblem] | None = None
