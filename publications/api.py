"""Publications with their editions in the content API."""

from collections import defaultdict
from datetime import date
from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from cms.api.bodies import Body
from cms.api.detail import page_by_id, tell
from cms.api.kinds import Kind, Kinds
from cms.api.listing import list_pages
from cms.api.parameters import ListQuery, Year, choices, orders
from cms.api.shapes import Item, Listing
from cms.choices import AUDIENCES, EDITION_LANGUAGES, EDITION_VARIANTS, PUBLICATION_KINDS
from cms.models.locales import language_of
from publications.models import (
    EditionRelease,
    PublicationIndexPage,
    PublicationPage,
    RecommendationsPage,
)
from publications.models.pages import current_releases, sort_releases

PublicationKind = Annotated[str, choices(PUBLICATION_KINDS)]
Audience = Annotated[str, choices(AUDIENCES)]
EditionLanguage = Annotated[str, choices(EDITION_LANGUAGES)]
Variant = Annotated[str, choices(EDITION_VARIANTS)]
COLUMNS = ("subtitle", "kind", "audience", "year", "licence")


class EditionShape(Schema):
    """What may be downloaded now in one language and variant; `version` counts its releases."""

    language: EditionLanguage
    variant: Variant | None
    version: int
    title: str
    subtitle: str
    url: str
    pages: int
    bytes: int
    sha256: str
    published_on: date | None
    tagged: bool


class PublicationFacts(Item):
    subtitle: str
    kind: PublicationKind
    audience: Audience
    year: int | None
    licence: str
    editions: list[EditionShape]


class PublicationItem(PublicationFacts):
    type: Literal["publications.PublicationPage", "publications.RecommendationsPage"]


class PublicationDetail(Body, PublicationFacts):
    type: Literal["publications.PublicationPage"]
    authors: list[str]


class RecommendationShape(Schema):
    number: int
    anchor: str
    title: str
    addressee: str
    html: str


class RecommendationsDetail(Body, PublicationFacts):
    type: Literal["publications.RecommendationsPage"]
    authors: list[str]
    recommendations: list[RecommendationShape]


class PublicationIndexItem(Item):
    type: Literal["publications.PublicationIndexPage"]


class PublicationIndexDetail(Body, PublicationIndexItem):
    pass


class PublicationList(Listing):
    items: list[PublicationItem]


class PublicationQuery(ListQuery):
    order: Annotated[
        str, orders("year", "title", "kind", "first_published_at", "last_published_at")
    ] = "-year"
    kind: PublicationKind | None = None
    audience: Audience | None = None
    year: Year | None = None
    language: EditionLanguage | None = None


def editions_of(rows: list[dict]) -> dict[int, dict]:
    """{page id: {"editions": [{"language": "lv", "variant": None, "version": 1, ...}]}}

    As the ledger of releases has them, in one query; the page's own language stands first.
    """
    works = {row["translation_key"] for row in rows}
    by_work = defaultdict(list)
    for release in current_releases(works):
        by_work[release.work].append(release)
    return {row["pk"]: {"editions": _editions(row, by_work)} for row in rows}


def _editions(row: dict, by_work: dict) -> list[dict]:
    own = sort_releases(by_work[row["translation_key"]], language_of(row["locale_id"]))
    return [_edition(row["slug"], release) for release in own]


def _edition(slug: str, release: EditionRelease) -> dict:
    file = release.file
    return {
        "language": release.language,
        "variant": release.variant or None,
        "version": release.number,
        "title": release.title,
        "subtitle": release.subtitle,
        "url": f"{settings.SITE_URL}/downloads/{slug}/{release.name}.pdf",
        "pages": file.pages,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "published_on": release.published_on,
        "tagged": file.tagged,
    }


PUBLICATIONS = Kinds(
    [
        Kind(PublicationPage, PublicationItem, PublicationDetail, COLUMNS, editions_of),
        Kind(RecommendationsPage, PublicationItem, RecommendationsDetail, COLUMNS, editions_of),
    ]
)
KINDS = [
    *PUBLICATIONS.all,
    Kind(PublicationIndexPage, PublicationIndexItem, PublicationIndexDetail),
]
router = Router(tags=["publications"])


@router.get("", response=PublicationList, summary="Publications")
def list_publications(request: HttpRequest, response: HttpResponse, query: Query[PublicationQuery]):
    chosen = {"kind": query.kind, "audience": query.audience, "year": query.year}
    pages = PublicationPage.objects.filter(**{name: v for name, v in chosen.items() if v})
    if query.language:
        released = EditionRelease.objects.current().filter(language=query.language)
        pages = pages.filter(translation_key__in=released.values("work"))
    return list_pages(request, response, query, pages, PUBLICATIONS.by_content_type(), COLUMNS)


@router.get(
    "/{int:id}", response=PublicationDetail | RecommendationsDetail, summary="A publication"
)
def one_publication(request: HttpRequest, response: HttpResponse, id: int):
    kinds = PUBLICATIONS.by_content_type()
    return tell(response, page_by_id(id, kinds), kinds)
