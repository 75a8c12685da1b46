"""Local Empowerment Networks and the micro projects that came from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, PageChooserPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.choices import MICRO_PROJECT_STAGES, USER_GROUPS
from cms.delivery.frame import project_record
from cms.editorial.workflows import PARTNER_PROFILE
from cms.models import BodyPage, IndexPage
from partners.map import map_of
from partners.models.places import Placed, by_country


class NetworkIndexPage(IndexPage):
    """All Local Empowerment Networks."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["partners.LocalNetworkPage"]
    review_workflow = PARTNER_PROFILE

    class Meta:
        verbose_name = _("network index")
        verbose_name_plural = _("network indexes")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        networks = LocalNetworkPage.objects.works(self.locale_id).order_by("title")
        networks = list(networks.for_cards().defer_streamfields())
        return context | {"countries": by_country(networks), "map": map_of(networks)}


class LocalNetworkPage(Placed, BodyPage):
    """A partner's Local Empowerment Network: one place, one group of people."""

    parent_page_types = ["partners.NetworkIndexPage"]
    subpage_types = ["partners.MicroProjectPage"]

    user_group = models.CharField(_("user group"), max_length=30, choices=USER_GROUPS)
    partner = models.ForeignKey(
        "partners.PartnerPage",
        verbose_name=_("coordinating partner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *BodyPage.content_panels[:2],
        FieldRowPanel(
            ["user_group", PageChooserPanel("partner")], heading=_("For whom and by whom")
        ),
        Placed.PLACE_PANEL,
        *BodyPage.content_panels[2:],
    ]
    search_fields = BodyPage.search_fields + [
        index.SearchField("place"),
        index.FilterField("user_group"),
        index.FilterField("country"),
    ]
    override_translatable_fields = BodyPage.override_translatable_fields + [
        SynchronizedField(name, overridable=False)
        for name in ["country", "latitude", "longitude", "user_group", "partner"]
    ]

    class Meta:
        verbose_name = _("local network")
        verbose_name_plural = _("local networks")

    def teaser_label(self):
        return self.get_user_group_display()

    def confirming_group(self):
        return self.partner.confirming_group() if self.partner else ""

    def linked_ids(self) -> set[int]:
        return super().linked_ids() | ({self.partner_id} if self.partner_id else set())

    def micro_projects(self) -> list:
        """The public micro projects of this network, each work once."""
        here = Page.objects.filter(translation_key=self.translation_key).values_list(
            "path", flat=True
        )
        below = models.Q()
        for path in here:
            below |= models.Q(path__startswith=path)
        projects = MicroProjectPage.objects.works(self.locale_id).filter(below)
        return list(projects.for_cards().defer_streamfields().order_by("title"))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "micro_projects": self.micro_projects(),
            "partner": self.links.by_id(self.partner_id),
        }

    def shape(self) -> dict:
        """{"country": "DE", "place": "Dithmarschen", "user_group": "single-parents", ...}"""
        return super().shape() | {
            "country": self.country,
            "place": self.place,
            "coordinates": self.coordinates(),
            "user_group": self.user_group,
            "partner": self.links.by_id(self.partner_id),
        }


class MicroProjectIndexPage(IndexPage):
    """All micro projects that are described, whatever network they belong to."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("micro project index")
        verbose_name_plural = _("micro project indexes")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        projects = MicroProjectPage.objects.works(self.locale_id).order_by("title")
        return context | {
            "micro_projects": list(projects.for_cards().defer_streamfields()),
            "record": project_record(self.locale_id),
        }


class MicroProjectPage(BodyPage):
    """A small project of a local network."""

    parent_page_types = ["partners.LocalNetworkPage"]
    subpage_types = []

    stage = models.CharField(
        _("stage"), max_length=10, choices=MICRO_PROJECT_STAGES, default="finished"
    )
    accelerated = models.BooleanField(_("accelerated in the successor project"), default=False)
    user_group = models.CharField(_("user group"), max_length=30, choices=USER_GROUPS)

    content_panels = [
        *BodyPage.content_panels[:2],
        FieldRowPanel(["stage", "user_group", "accelerated"], heading=_("Stage and user group")),
        *BodyPage.content_panels[2:],
    ]
    search_fields = BodyPage.search_fields + [
        index.FilterField("stage"),
        index.FilterField("user_group"),
    ]
    override_translatable_fields = BodyPage.override_translatable_fields + [
        SynchronizedField(name, overridable=False)
        for name in ["stage", "accelerated", "user_group"]
    ]

    class Meta:
        verbose_name = _("micro project")
        verbose_name_plural = _("micro projects")

    def teaser_label(self):
        return self.get_user_group_display()

    def confirming_group(self):
        return self.get_parent().specific.confirming_group()

    def shape(self) -> dict:
        """{"stage": "finished", "accelerated": true, "user_group": "migrants", "body": [...]}"""
        return super().shape() | {
            "stage": self.stage,
            "accelerated": self.accelerated,
            "user_group": self.user_group,
        }
