"""Partners, local networks and micro projects in the content API."""

from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Annotated, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from cms.api.bodies import Body
from cms.api.detail import GREATEST, page_by_id, tell
from cms.api.kinds import Kind, Kinds
from cms.api.listing import list_pages
from cms.api.parameters import ListQuery, Number, OneOf, choices, orders
from cms.api.shapes import Item, LinkShape, Listing
from cms.choices import COUNTRIES, MICRO_PROJECT_STAGES, PARTNER_ROLES, USER_GROUPS
from cms.models.visibility import public_pages
from partners.models import (
    LocalNetworkPage,
    MicroProjectIndexPage,
    MicroProjectPage,
    NetworkIndexPage,
    PartnerIndexPage,
    PartnerPage,
)

Country = Annotated[str, choices(COUNTRIES)]
Role = Annotated[str, choices(PARTNER_ROLES)]
UserGroup = Annotated[str, choices(USER_GROUPS)]
Stage = Annotated[str, choices(MICRO_PROJECT_STAGES)]
DATES = ("first_published_at", "last_published_at")


class Coordinates(Schema):
    latitude: float
    longitude: float


class PartnerItem(Item):
    type: Literal["partners.PartnerPage"]
    country: Country
    role: Role
    name_original: str
    place: str
    focus: str


class PartnerDetail(PartnerItem):
    website: str
    budget_total: Decimal | None
    budget_fund: Decimal | None
    coordinates: Coordinates | None
    who: str
    why: str
    with_whom: str


class NetworkItem(Item):
    type: Literal["partners.LocalNetworkPage"]
    country: Country
    place: str
    user_group: UserGroup


class NetworkDetail(Body, NetworkItem):
    coordinates: Coordinates | None
    partner: LinkShape | None


class MicroProjectItem(Item):
    type: Literal["partners.MicroProjectPage"]
    stage: Stage
    accelerated: bool
    user_group: UserGroup


class MicroProjectDetail(Body, MicroProjectItem):
    pass


class IndexItem(Item):
    type: Literal[
        "partners.PartnerIndexPage", "partners.NetworkIndexPage", "partners.MicroProjectIndexPage"
    ]


class IndexDetail(Body, IndexItem):
    pass


class PartnerList(Listing):
    items: list[PartnerItem]


class NetworkList(Listing):
    items: list[NetworkItem]


class MicroProjectList(Listing):
    items: list[MicroProjectItem]


class PartnerQuery(ListQuery):
    order: Annotated[str, orders("title", "country", "role", *DATES)] = "title"
    country: Country | None = None
    role: Role | None = None


class NetworkQuery(ListQuery):
    order: Annotated[str, orders("title", "country", *DATES)] = "title"
    country: Country | None = None
    user_group: UserGroup | None = None


class MicroProjectQuery(ListQuery):
    order: Annotated[str, orders("title", *DATES)] = "title"
    stage: Stage | None = None
    user_group: UserGroup | None = None
    accelerated: Annotated[str, OneOf(("true", "false"))] | None = None
    network: Number | None = Field(None, description="The id of their network, in any locale.")


PARTNER_COLUMNS = ("country", "role", "name_original", "place", "focus")
PARTNERS = Kinds([Kind(PartnerPage, PartnerItem, PartnerDetail, PARTNER_COLUMNS)])
NETWORKS = Kinds(
    [Kind(LocalNetworkPage, NetworkItem, NetworkDetail, ("country", "place", "user_group"))]
)
MICRO_PROJECTS = Kinds(
    [
        Kind(
            MicroProjectPage,
            MicroProjectItem,
            MicroProjectDetail,
            ("stage", "accelerated", "user_group"),
        )
    ]
)
INDEXES = [PartnerIndexPage, NetworkIndexPage, MicroProjectIndexPage]
KINDS = [
    *PARTNERS.all,
    *NETWORKS.all,
    *MICRO_PROJECTS.all,
    *[Kind(model, IndexItem, IndexDetail) for model in INDEXES],
]
partners = Router(tags=["partners"])
networks = Router(tags=["networks"])
micro_projects = Router(tags=["micro-projects"])


def _chosen(query: ListQuery, *names: str) -> dict:
    """The filters of a query that were given."""
    return {name: getattr(query, name) for name in names if getattr(query, name) is not None}


def _below_work(page_id: int) -> Q:
    """The condition for pages below a public page or one of its translations."""
    chosen = public_pages().filter(pk=min(page_id, GREATEST)).values("translation_key")
    found = public_pages().filter(translation_key__in=chosen).values_list("path", flat=True)
    return reduce(or_, (Q(path__startswith=path) for path in found), Q(pk__in=[]))


@partners.get("", response=PartnerList, summary="Partners")
def list_partners(request: HttpRequest, response: HttpResponse, query: Query[PartnerQuery]):
    pages = PartnerPage.objects.filter(**_chosen(query, "country", "role"))
    return list_pages(request, response, query, pages, PARTNERS.by_content_type(), PARTNER_COLUMNS)


@partners.get("/{int:id}", response=PartnerDetail, summary="A partner")
def one_partner(request: HttpRequest, response: HttpResponse, id: int):
    kinds = PARTNERS.by_content_type()
    return tell(response, page_by_id(id, kinds), kinds)


@networks.get("", response=NetworkList, summary="Local Empowerment Networks")
def list_networks(request: HttpRequest, response: HttpResponse, query: Query[NetworkQuery]):
    pages = LocalNetworkPage.objects.filter(**_chosen(query, "country", "user_group"))
    return list_pages(request, response, query, pages, NETWORKS.by_content_type(), NETWORKS.columns)


@networks.get("/{int:id}", response=NetworkDetail, summary="A Local Empowerment Network")
def one_network(request: HttpRequest, response: HttpResponse, id: int):
    kinds = NETWORKS.by_content_type()
    return tell(response, page_by_id(id, kinds), kinds)


@micro_projects.get("", response=MicroProjectList, summary="Micro projects")
def list_micro_projects(
    request: HttpRequest, response: HttpResponse, query: Query[MicroProjectQuery]
):
    pages = MicroProjectPage.objects.filter(**_chosen(query, "stage", "user_group"))
    if query.accelerated:
        pages = pages.filter(accelerated=query.accelerated == "true")
    if query.network is not None:
        pages = pages.filter(_below_work(query.network))
    kinds = MICRO_PROJECTS.by_content_type()
    return list_pages(request, response, query, pages, kinds, MICRO_PROJECTS.columns)


@micro_projects.get("/{int:id}", response=MicroProjectDetail, summary="A micro project")
def one_micro_project(request: HttpRequest, response: HttpResponse, id: int):
    kinds = MICRO_PROJECTS.by_content_type()
    return tell(response, page_by_id(id, kinds), kinds)
