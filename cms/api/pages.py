"""Pages of every type: as a list, by id and by address; and the locales they are in."""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field, create_model
from wagtail.models import Page

from cms.api.detail import page_by_id, tell
from cms.api.items import page_url
from cms.api.kinds import Kinds
from cms.api.listing import list_pages
from cms.api.parameters import ListQuery, OneOf, orders
from cms.api.redirects import redirect_at
from cms.api.shapes import Listing, Redirected
from cms.delivery.serve import best_front_page, pages_at
from cms.models.locales import active_languages, language_of, locale_id_of
from cms.models.visibility import public_pages

PAGE_ORDERS = ("title", "first_published_at", "last_published_at")


def _address(path: str) -> str:
    if not path.startswith("/") or "\0" in path:
        raise ValueError("must be an address on this site that begins with /")
    try:
        urlsplit(path)
    except ValueError as error:
        raise ValueError("must be an address on this site that begins with /") from error
    return path


class PathQuery(Schema):
    path: Annotated[str, AfterValidator(_address)] = Field(
        description="An address of the site: `/lt/news/x/`.", max_length=2000
    )


class LocaleShape(Schema):
    """{"locale": "de", "name": "Deutsch", "is_source": false, "url": "https://.../de/"}"""

    locale: str
    name: str
    is_source: bool
    url: str | None


class LocaleList(Schema):
    items: list[LocaleShape]


def pages_router(kinds: Kinds) -> Router:
    """The operations on pages of all these kinds; their answers are told apart by `type`."""
    router = Router(tags=["pages"])
    item, detail = (_union(kinds, which) for which in ("item", "detail"))
    page_list = create_model("PageList", __base__=Listing, items=(list[item], ...))  # type: ignore[valid-type]

    class PageQuery(ListQuery):
        order: Annotated[str, orders(*PAGE_ORDERS)] = "-first_published_at"
        type: Annotated[str, OneOf(kinds.labels())] | None = None

    @router.get("/pages", response=page_list, summary="Pages of every type")
    def list_all_pages(request: HttpRequest, response: HttpResponse, query: Query[PageQuery]):
        known = kinds.by_content_type()
        chosen = {pk: kind for pk, kind in known.items() if query.type in (None, kind.label)}
        return list_pages(request, response, query, Page.objects.all(), chosen)

    @router.get("/pages/by-path", response=detail | Redirected, summary="The page at an address")
    def page_by_path(request: HttpRequest, response: HttpResponse, query: Query[PathQuery]):
        found = _page_at(query.path)
        if found is None:
            return _redirect_at(request, query.path)
        known = kinds.by_content_type()
        return tell(response, page_by_id(found, known), known)

    @router.get("/pages/{int:id}", response=detail, summary="One page")
    def one_page(request: HttpRequest, response: HttpResponse, id: int):
        known = kinds.by_content_type()
        return tell(response, page_by_id(id, known), known)

    return router


def _union(kinds: Kinds, which: Literal["item", "detail"]) -> Any:
    """One type for all items, or for all details, of the API."""
    shapes = dict.fromkeys(getattr(kind, which) for kind in kinds.all)
    return Annotated[reduce(or_, shapes), Field(discriminator="type")]


def _page_at(path: str) -> int | None:
    """The id of the page at an address of the site, public or not."""
    if "//" in path:
        return None
    language, _sep, rest = urlsplit(path).path.lstrip("/").partition("/")
    if language not in active_languages():
        return None
    found = pages_at(rest, locale_id=locale_id_of(language), live=True)
    return found[0].pk if found else None


def _redirect_at(request: HttpRequest, path: str) -> dict:
    redirect = redirect_at(path)
    if urlsplit(path).path == "/":
        redirect = {"to": settings.SITE_URL + best_front_page(request), "permanent": False}
    if redirect is None:
        raise Http404
    return {"redirect": redirect}


locales_router = Router(tags=["site"])


@locales_router.get("/locales", response=LocaleList, summary="The locales of the site")
def list_locales(request: HttpRequest):
    """Every locale that is switched on, in its own words; `url` is its front page, if public."""
    homes = public_pages().filter(depth=2).values_list("locale_id", "url_path")
    urls = {language_of(pk): page_url(url_path, language_of(pk)) for pk, url_path in homes}
    rows = [
        {
            "locale": code,
            "name": name,
            "is_source": code == settings.LANGUAGE_CODE,
            "url": urls.get(code),
        }
        for code, name in active_languages().items()
    ]
    return {"items": rows}
