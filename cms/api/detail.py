"""One page with its body and all that its type tells."""

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from wagtail.models import Page

from cms.api.items import items_of, row_of
from cms.api.kinds import Kind
from cms.models import BasePage
from cms.models.visibility import public_pages

GREATEST = 2**31 - 1


def page_by_id(page_id: int, kinds: dict[int, Kind]) -> BasePage:
    """The public page with this id; Http404 where there is none, or none of these kinds."""
    pages = public_pages().filter(pk=page_id) if page_id <= GREATEST else Page.objects.none()
    page = pages.first()
    if page is None or page.content_type_id not in kinds:
        raise Http404
    return kinds[page.content_type_id].model.objects.get(pk=page.pk)


def tell(response: HttpResponse, page: BasePage, kinds: dict[int, Kind]) -> dict:
    """An item of the API with what `page.shape()` adds to it."""
    kind = kinds[page.content_type_id]
    [item] = items_of([row_of(page, kind)], kinds)
    response.headers["Content-Language"] = item["locale"]
    _prepare_body(page)
    return page.shape() | item


def _prepare_body(page: BasePage) -> None:
    """Load the sizes of all images of a body at once."""
    rows = [row.value for row in getattr(page, "body", ()) if row.block_type == "image"]
    prefetch_related_objects([row["image"] for row in rows if row["image"]], "renditions")
