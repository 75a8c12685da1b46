"""Policy recommendations: numbered, each addressed to somebody, each with its own anchor."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import RICH_TEXT_FEATURES
from cms.models.links import rich_text_ids
from cms.models.problems import text_problems
from publications.models.pages import PublicationPage


class RecommendationsPage(PublicationPage):
    """A publication whose recommendations can also be read, and linked to, one by one."""

    translation_must_be_complete = True

    UNIQUE_ROWS = PublicationPage.UNIQUE_ROWS | {
        "recommendations": (("anchor",), _("Two recommendations have the same anchor.")),
    }

    content_panels = [
        *PublicationPage.content_panels,
        InlinePanel("recommendations", heading=_("Recommendations"), label=_("Recommendation")),
    ]
    search_fields = PublicationPage.search_fields + [
        index.RelatedFields(
            "recommendations",
            [
                index.SearchField("title"),
                index.SearchField("addressee"),
                index.SearchField("text"),
            ],
        ),
    ]

    class Meta:
        verbose_name = _("policy recommendations")
        verbose_name_plural = _("policy recommendations")

    def problems(self):
        rows = (text_problems(row.text, row.title) for row in self.recommendations.all())
        return sum(rows, super().problems())

    def linked_ids(self) -> set[int]:
        texts = (rich_text_ids(row.text) for row in self.recommendations.get_object_list())
        return super().linked_ids().union(*texts)

    def shape(self) -> dict:
        """{"recommendations": [{"number": 1, "anchor": "r1-...", "addressee": "...", ...}]}"""
        rows = [
            {
                "number": number,
                "anchor": row.anchor,
                "title": row.title,
                "addressee": row.addressee,
                "html": self.links.html(row.text),
            }
            for number, row in enumerate(self.recommendations.all(), start=1)
        ]
        return super().shape() | {"recommendations": rows}


class Recommendation(TranslatableMixin, Orderable):
    """One numbered policy recommendation, addressed to somebody."""

    page = ParentalKey(
        RecommendationsPage, on_delete=models.CASCADE, related_name="recommendations"
    )
    anchor = models.SlugField(
        _("anchor"),
        max_length=80,
        help_text=_("The end of its address, the same in every language; never change it."),
    )
    title = models.CharField(_("title"), max_length=255)
    addressee = models.CharField(_("addressed to"), max_length=255)
    text = RichTextField(_("text"), features=RICH_TEXT_FEATURES)

    panels = [
        FieldPanel("title"),
        FieldRowPanel(["addressee", "anchor"]),
        FieldPanel("text"),
    ]
    override_translatable_fields = [SynchronizedField("anchor", overridable=False)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    def __str__(self):
        return self.title
