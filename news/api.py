"""News in the content API."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from cms.api.bodies import Body
from cms.api.detail import page_by_id, tell
from cms.api.kinds import Kind, Kinds
from cms.api.listing import list_pages
from cms.api.parameters import ListQuery, Year, choices, orders
from cms.api.shapes import Item, LinkShape, Listing
from cms.choices import NEWS_TOPICS
from news.models import NewsIndexPage, NewsPage


class NewsItem(Item):
    type: Literal["news.NewsPage"]
    published_on: date
    topic: Annotated[str, choices(NEWS_TOPICS)]


class NewsDetail(Body, NewsItem):
    image_caption: str
    related_publications: list[LinkShape]


class NewsIndexItem(Item):
    type: Literal["news.NewsIndexPage"]


class NewsIndexDetail(Body, NewsIndexItem):
    pass


class NewsList(Listing):
    items: list[NewsItem]


class NewsQuery(ListQuery):
    order: Annotated[
        str, orders("published_on", "title", "first_published_at", "last_published_at")
    ] = "-published_on"
    topic: Annotated[str, choices(NEWS_TOPICS)] | None = None
    year: Year | None = None


NEWS = Kinds([Kind(NewsPage, NewsItem, NewsDetail, ("published_on", "topic"))])
KINDS = [*NEWS.all, Kind(NewsIndexPage, NewsIndexItem, NewsIndexDetail)]
router = Router(tags=["news"])


@router.get("", response=NewsList, summary="News")
def list_news(request: HttpRequest, response: HttpResponse, query: Query[NewsQuery]):
    chosen = {"topic": query.topic, "published_on__year": query.year}
    pages = NewsPage.objects.filter(**{name: value for name, value in chosen.items() if value})
    return list_pages(request, response, query, pages, NEWS.by_content_type(), NEWS.columns)


@router.get("/{int:id}", response=NewsDetail, summary="A piece of news")
def one_news(request: HttpRequest, response: HttpResponse, id: int):
    kinds = NEWS.by_content_type()
    return tell(response, page_by_id(id, kinds), kinds)
