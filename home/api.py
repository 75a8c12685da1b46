"""The site itself and the pages of its front room in the content API."""

from datetime import date
from decimal import Decimal
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from cms.api.bodies import Body
from cms.api.items import api_url, page_url
from cms.api.kinds import Kind
from cms.api.parameters import MAX_LENGTH, Language
from cms.api.shapes import Item
from cms.choices import PROGRAMME_PERIODS, funding_statement
from cms.delivery.frame import project_record
from cms.models.locales import locale_id_of
from home.models import ContactPage, HomePage, KeyFactsPage, StandardPage
from home.overview import Overview


class HomeItem(Item):
    type: Literal["home.HomePage"]


class HomeDetail(Body, HomeItem):
    hero_title: str
    successor_text: str


class PlainItem(Item):
    type: Literal["home.StandardPage", "home.ContactPage"]


class PlainDetail(Body, PlainItem):
    pass


class KeyFactsItem(Item):
    type: Literal["home.KeyFactsPage"]


class Facts(Schema):
    """The record of the project, as its key facts tell it."""

    acronym: str
    project_title: str
    programme: str
    programme_period: str
    fund: str
    priority: str
    specific_objective: str
    national_cofunding_note: str
    start: date
    end: date | None
    budget_total: Decimal | None
    budget_fund: Decimal | None
    micro_projects_total: int | None
    micro_projects_accelerated: int | None
    keep_eu_url: str
    successor_title: str
    successor_start: str
    successor_end: str
    activities: list[str]


class KeyFactsDetail(Facts, Body, KeyFactsItem):
    pass


class CountryShape(Schema):
    """{"code": "DE", "partners": 3}: counted from the public profiles."""

    code: str
    partners: int


class SiteShape(Schema):
    """{"acronym": "SEMPRE", "title": ..., "funding_statement": ..., "record": {...}}"""

    acronym: str
    title: str | None
    programme: str | None
    programme_period: str
    funding_statement: str
    url: str
    requested_locale: str
    served_locale: str
    is_fallback: bool
    partners: int
    countries: list[CountryShape]
    micro_projects_described: int
    key_facts: Facts | None
    key_facts_url: str | None
    key_facts_api_url: str | None


class SiteQuery(Schema):
    locale: Language = Field(
        settings.LANGUAGE_CODE,
        description="The language of the texts and of the funding statement.",
        max_length=MAX_LENGTH,
    )


KINDS = [
    Kind(HomePage, HomeItem, HomeDetail),
    Kind(StandardPage, PlainItem, PlainDetail),
    Kind(ContactPage, PlainItem, PlainDetail),
    Kind(KeyFactsPage, KeyFactsItem, KeyFactsDetail),
]
router = Router(tags=["site"])


@router.get("", response=SiteShape, summary="The project, its programme and its funding")
def site(request: HttpRequest, response: HttpResponse, query: Query[SiteQuery]):
    """The key facts in `locale`, else in their source's language; the statement in `locale`."""
    locale_id = locale_id_of(query.locale) or 0  # `Language` lets none through without an id
    record = project_record(locale_id)
    response.headers["Content-Language"] = query.locale
    overview = Overview(locale_id)
    counted = {
        "partners": len(overview.partners),
        "countries": sorted(overview.countries, key=lambda row: row["code"]),
        "micro_projects_described": overview.micro_projects_described,
        "url": settings.SITE_URL,
        "requested_locale": query.locale,
    }
    return counted | (_told(record, query.locale) if record else _untold(query.locale))


def _told(record: KeyFactsPage, language: str) -> dict:
    return {
        "acronym": record.acronym,
        "title": record.project_title,
        "programme": record.programme,
        "programme_period": record.programme_period,
        "funding_statement": funding_statement(record.programme_period, language),
        "served_locale": record.language,
        "is_fallback": record.language != language,
        "key_facts": record.shape(),
        "key_facts_url": page_url(record.url_path, record.language),
        "key_facts_api_url": api_url(record.pk),
    }


def _untold(language: str) -> dict:
    """A site whose key facts nobody has published yet."""
    period = PROGRAMME_PERIODS[0][0]
    nothing = ("title", "programme", "key_facts", "key_facts_url", "key_facts_api_url")
    return dict.fromkeys(nothing) | {
        "acronym": settings.WAGTAIL_SITE_NAME,
        "programme_period": period,
        "funding_statement": funding_statement(period, language),
        "served_locale": language,
        "is_fallback": False,
    }
