"""The front page, plain pages, contact, and the record of the project."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from cms.choices import PROGRAMME_PERIODS
from cms.models import BodyPage
from cms.models.links import LINK_FIELDS, Link, link_of
from cms.models.texts import TEXTS
from cms.models.visibility import public
from home.overview import Overview


class HomePage(BodyPage):
    """The front page of a locale: what the project is, and what is new."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.StandardPage",
        "home.ContactPage",
        "home.KeyFactsPage",
        "news.NewsIndexPage",
        "partners.PartnerIndexPage",
        "partners.NetworkIndexPage",
        "partners.MicroProjectIndexPage",
        "publications.PublicationIndexPage",
    ]

    hero_title = models.CharField(_("title on the page"), max_length=160, blank=True)
    successor_text = models.TextField(_("about the successor project"), max_length=600, blank=True)

    content_panels = [
        *BodyPage.content_panels[:1],
        FieldPanel("hero_title"),
        *BodyPage.content_panels[1:],
        FieldPanel("successor_text"),
    ]
    search_fields = BodyPage.search_fields + [index.SearchField("hero_title")]
    override_translatable_fields = [
        BaseTranslatableField("slug"),
        *BodyPage.override_translatable_fields[1:],
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def shape(self) -> dict:
        """{"hero_title": "...", "successor_text": "...", "body": [...]}"""
        return super().shape() | {
            "hero_title": self.hero_title,
            "successor_text": self.successor_text,
        }

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"overview": Overview(self.locale_id)}


class StandardPage(BodyPage):
    """A page of text, with pages below it if need be."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def below(self) -> list[Link]:
        """The public pages right below this one."""
        pages = public(Page.objects.child_of(self)).order_by("path")
        return [link_of(row) for row in pages.values(*LINK_FIELDS, **TEXTS)]


class ContactPage(BodyPage):
    """Whom to turn to: the lead partner, and the partners by country."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"overview": Overview(self.locale_id)}


PARTIAL_DATE = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    _("Write a year, a month or a day: 2021, 2019-09 or 2019-09-01."),
)


class KeyFactsPage(BodyPage):
    """The record of the project: texts are translated, numbers and dates are the same in all."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    translation_must_be_complete = True
    max_count_per_parent = 1

    acronym = models.CharField(_("acronym"), max_length=40)
    project_title = models.CharField(_("title of the project"), max_length=255)
    programme = models.CharField(_("programme"), max_length=255)
    programme_period = models.CharField(
        _("programme period"), max_length=9, choices=PROGRAMME_PERIODS
    )
    fund = models.CharField(_("fund"), max_length=255)
    priority = models.CharField(_("priority"), max_length=255, blank=True)
    specific_objective = models.CharField(_("specific objective"), max_length=255, blank=True)
    national_cofunding_note = models.TextField(
        _("note on national co-funding"), max_length=600, blank=True
    )
    start = models.DateField(_("start"))
    end = models.DateField(_("end"), null=True, blank=True)
    budget_total = models.DecimalField(
        _("total budget in euros"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    budget_fund = models.DecimalField(
        _("of it from the fund, in euros"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    micro_projects_total = models.PositiveSmallIntegerField(
        _("micro projects in all"), null=True, blank=True
    )
    micro_projects_accelerated = models.PositiveSmallIntegerField(
        _("of them accelerated"), null=True, blank=True
    )
    keep_eu_url = models.URLField(_("address at keep.eu"), blank=True)
    successor_title = models.CharField(_("successor project"), max_length=255, blank=True)
    successor_start = models.CharField(
        _("start of the successor"), max_length=10, blank=True, validators=[PARTIAL_DATE]
    )
    successor_end = models.CharField(
        _("end of the successor"), max_length=10, blank=True, validators=[PARTIAL_DATE]
    )

    NUMBERS = [
        "acronym",
        "programme_period",
        "start",
        "end",
        "budget_total",
        "budget_fund",
        "micro_projects_total",
        "micro_projects_accelerated",
        "keep_eu_url",
        "successor_start",
        "successor_end",
    ]

    content_panels = BodyPage.content_panels + [
        MultiFieldPanel(
            ["acronym", "project_title", FieldRowPanel(["start", "end"])], heading=_("Project")
        ),
        MultiFieldPanel(
            ["programme", "programme_period", "fund", "priority", "specific_objective"]
            + ["national_cofunding_note", "keep_eu_url"],
            heading=_("Funding"),
        ),
        FieldRowPanel(["budget_total", "budget_fund"], heading=_("Budget")),
        FieldRowPanel(
            ["micro_projects_total", "micro_projects_accelerated"], heading=_("Micro projects")
        ),
        InlinePanel("activities", heading=_("Key activities"), label=_("Activity")),
        MultiFieldPanel(
            ["successor_title", FieldRowPanel(["successor_start", "successor_end"])],
            heading=_("Successor"),
        ),
    ]
    search_fields = BodyPage.search_fields + [
        index.SearchField("project_title"),
        index.SearchField("programme"),
        index.SearchField("fund"),
        index.RelatedFields("activities", [index.SearchField("text")]),
    ]
    override_translatable_fields = BodyPage.override_translatable_fields + [
        SynchronizedField(name, overridable=False) for name in NUMBERS
    ]

    class Meta:
        verbose_name = _("key facts")
        verbose_name_plural = _("key facts")

    def shape(self) -> dict:
        """{"acronym": "SEMPRE", "start": "2016-03-01", "budget_total": "4860664.11", ...}"""
        texts = ["project_title", "programme", "fund", "priority", "specific_objective"]
        texts += ["national_cofunding_note", "successor_title"]
        facts = {name: getattr(self, name) for name in self.NUMBERS + texts}
        activities = [row.text for row in self.activities.all()]
        return super().shape() | facts | {"activities": activities}

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"overview": Overview(self.locale_id)}


class KeyActivity(TranslatableMixin, Orderable):
    """One sentence on what the project did."""

    page = ParentalKey(KeyFactsPage, on_delete=models.CASCADE, related_name="activities")
    text = models.CharField(_("activity"), max_length=400)

    panels = [FieldPanel("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("key activity")
        verbose_name_plural = _("key activities")

    def __str__(self):
        return self.text
