"""Lists: the pages of a locale, or each work once in the first locale in which it is public."""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest, HttpResponse

from cms.api.items import OWN_FIELDS, PAGE_FIELDS, items_of, rows_with_own_fields
from cms.api.kinds import Kind
from cms.api.parameters import ListQuery
from cms.models.locales import locale_id_of
from cms.models.visibility import public_pages


def list_pages(
    request: HttpRequest,
    response: HttpResponse,
    query: ListQuery,
    pages,
    kinds: dict[int, Kind],
    own_fields: tuple[str, ...] | None = None,
) -> dict:
    """{"count": 41, "next": "https://...", "previous": null, "items": [...]}

    `pages` is what the list chooses from; with `own_fields` it is of one kind and they are read
    along, without them the pages are of any kind.
    """
    found = _public(pages, query.languages).filter(content_type_id__in=kinds)
    count = found.count()
    part = _ordered(found, query.order)[query.offset : query.offset + query.limit]
    if own_fields is None:
        rows = rows_with_own_fields(list(part.values(*PAGE_FIELDS)), kinds)
    else:
        rows = list(part.values(*PAGE_FIELDS, *OWN_FIELDS, *own_fields))
    items = items_of(rows, kinds, requested=query.locale)
    served = dict.fromkeys(item["locale"] for item in items)
    response.headers["Content-Language"] = ", ".join(served) or query.locale
    return {"count": count, "items": items} | _neighbours(request, query, count)


def _public(pages, languages: list[str]):
    """Of these pages the public ones, each work in the first of the languages that has it."""
    ids = [locale_id_of(language) for language in languages]
    public = public_pages()
    same_work = public.filter(translation_key=OuterRef("translation_key"))
    chosen = Q(locale_id=ids[0])
    for number, locale_id in enumerate(ids[1:], start=1):
        earlier = Q(Exists(same_work.filter(locale_id__in=ids[:number])))
        chosen |= Q(locale_id=locale_id) & ~earlier
    return pages.filter(chosen, pk__in=public.values("pk"))


def _ordered(pages, order: str):
    name = F(order.removeprefix("-"))
    if order.startswith("-"):
        return pages.order_by(name.desc(nulls_last=True), "-pk")
    return pages.order_by(name.asc(nulls_last=True), "pk")


def _neighbours(request: HttpRequest, query: ListQuery, count: int) -> dict:
    after, before = query.offset + query.limit, query.offset - query.limit
    return {
        "next": _address(request, query, after) if after < count else None,
        "previous": _address(request, query, max(before, 0)) if query.offset else None,
    }


def _address(request: HttpRequest, query: ListQuery, offset: int) -> str:
    asked = request.GET.dict() | {"limit": query.limit, "offset": offset}
    return f"{settings.SITE_URL}{request.path}?{urlencode(asked)}"
