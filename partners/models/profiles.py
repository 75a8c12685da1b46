"""The organisations of the consortium."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import RICH_TEXT_FEATURES
from cms.choices import PARTNER_ROLES
from cms.editorial.roles import partner_editors
from cms.editorial.workflows import PARTNER_PROFILE
from cms.models import BasePage, IndexPage
from cms.models.links import rich_text_ids
from cms.models.problems import image_problems, text_problems
from partners.map import map_of
from partners.models.networks import LocalNetworkPage
from partners.models.places import Placed, by_country


class PartnerIndexPage(IndexPage):
    """All partners by country, on a map and as a list that says the same."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["partners.PartnerPage"]
    review_workflow = PARTNER_PROFILE

    class Meta:
        verbose_name = _("partner index")
        verbose_name_plural = _("partner indexes")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        partners = PartnerPage.objects.works(self.locale_id).order_by("role", "title")
        partners = list(partners.for_cards())
        return context | {"countries": by_country(partners), "map": map_of(partners)}


class PartnerPage(Placed, BasePage):
    """An organisation of the consortium."""

    parent_page_types = ["partners.PartnerIndexPage"]
    subpage_types = []

    name_original = models.CharField(_("name in its own language"), max_length=255, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=PARTNER_ROLES, default="partner")
    focus = models.CharField(_("focus"), max_length=255, blank=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "cms.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    budget_total = models.DecimalField(
        _("total budget in euros"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    budget_fund = models.DecimalField(
        _("of it from the fund, in euros"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    who = RichTextField(_("who they are"), features=RICH_TEXT_FEATURES, blank=True)
    why = RichTextField(_("why they take part"), features=RICH_TEXT_FEATURES, blank=True)
    with_whom = RichTextField(_("whom they work with"), features=RICH_TEXT_FEATURES, blank=True)

    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("name_original"),
        *BasePage.content_panels[1:],
        Placed.PLACE_PANEL,
        FieldRowPanel(["role", "website"], heading=_("Role and website")),
        FieldPanel("focus"),
        FieldPanel("logo"),
        FieldPanel("who"),
        FieldPanel("why"),
        FieldPanel("with_whom"),
        FieldRowPanel(["budget_total", "budget_fund"], heading=_("Budget")),
    ]
    search_fields = BasePage.search_fields + [
        index.SearchField("name_original"),
        index.SearchField("focus"),
        index.SearchField("place"),
        index.SearchField("who"),
        index.SearchField("why"),
        index.SearchField("with_whom"),
        index.FilterField("country"),
    ]
    override_translatable_fields = BasePage.override_translatable_fields + [
        SynchronizedField(name, overridable=False)
        for name in ["country", "latitude", "longitude", "name_original", "role", "website", "logo"]
        + ["budget_total", "budget_fund"]
    ]

    class Meta:
        verbose_name = _("partner profile")
        verbose_name_plural = _("partner profiles")

    def teaser_label(self):
        return self.get_country_display()

    def confirming_group(self):
        return partner_editors(self.slug)

    def problems(self):
        found = super().problems() + image_problems(self.logo, _("Logo"))
        for name in ("who", "why", "with_whom"):
            label = type(self)._meta.get_field(name).verbose_name
            found += text_problems(getattr(self, name), label)
        return found

    def linked_ids(self) -> set[int]:
        texts = (self.who, self.why, self.with_whom)
        return set().union(*(rich_text_ids(text) for text in texts))

    def local_networks(self) -> list:
        """The public networks that this partner coordinates, each work once."""
        networks = LocalNetworkPage.objects.works(self.locale_id)
        return list(networks.filter(partner__translation_key=self.translation_key))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"local_networks": self.local_networks()}

    def shape(self) -> dict:
        """{"country": "SE", "role": "partner", "place": "Stockholm", "coordinates": {...}, ...}"""
        names = ["country", "role", "name_original", "place", "focus", "website"]
        facts = {name: getattr(self, name) for name in names + ["budget_total", "budget_fund"]}
        texts = {name: self.links.html(getattr(self, name)) for name in ("who", "why", "with_whom")}
        return super().shape() | facts | texts | {"coordinates": self.coordinates()}
