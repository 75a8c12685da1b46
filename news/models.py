"""Dated stories about the project."""

from django.core.paginator import Paginator
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.choices import NEWS_TOPICS
from cms.models import BodyPage, IndexPage

PER_PAGE = 12


class NewsIndexPage(IndexPage):
    """All news, newest first, by year and topic."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def news(self):
        """Every piece of news once, newest first."""
        return NewsPage.objects.works(self.locale_id).order_by("-published_on", "-pk")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        dates = self.news().values_list("published_on__year", "topic")
        years = sorted({year for year, _topic in dates}, reverse=True)
        used = {topic for _year, topic in dates}
        year = request.GET.get("year", "")
        year = int(year) if year.isascii() and year.isdigit() and int(year) in years else None
        topic = request.GET.get("topic") if request.GET.get("topic") in used else None
        chosen = {"published_on__year": year, "topic": topic}
        news = self.news().filter(**{key: value for key, value in chosen.items() if value})
        paginator = Paginator(news.for_cards().defer_streamfields(), PER_PAGE)
        return context | {
            "years": years,
            "topics": [choice for choice in NEWS_TOPICS if choice[0] in used],
            "year": year,
            "topic": topic,
            "listing": paginator.get_page(request.GET.get("page")),
        }


class NewsPage(BodyPage):
    """A dated story about the project."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []

    published_on = models.DateField(_("date"), default=localdate)
    topic = models.CharField(_("topic"), max_length=20, choices=NEWS_TOPICS, default="results")
    image_caption = models.CharField(_("caption of the image"), max_length=255, blank=True)

    content_panels = [
        *BodyPage.content_panels[:1],
        FieldRowPanel(["published_on", "topic"], heading=_("Date and topic")),
        *BodyPage.content_panels[1:3],
        FieldPanel("image_caption"),
        *BodyPage.content_panels[3:],
        InlinePanel("related", heading=_("Related publications"), label=_("Publication")),
    ]
    search_fields = BodyPage.search_fields + [index.FilterField("published_on")]
    override_translatable_fields = BodyPage.override_translatable_fields + [
        SynchronizedField("published_on", overridable=False),
        SynchronizedField("topic", overridable=False),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def teaser_label(self):
        return self.get_topic_display()

    def teaser_date(self):
        return self.published_on

    def linked_ids(self) -> set[int]:
        return super().linked_ids() | {row.publication_id for row in self.related.get_object_list()}

    def related_publications(self) -> list:
        """The public ones of the chosen publications, each as a link in this page's locale."""
        found = (self.links.by_id(row.publication_id) for row in self.related.all())
        return [link for link in found if link]

    def shape(self) -> dict:
        """{"published_on": "2019-12-02", "topic": "publications", "related_publications": [...]}"""
        return super().shape() | {
            "published_on": self.published_on,
            "topic": self.topic,
            "image_caption": self.image_caption,
            "related_publications": self.related_publications(),
        }


class RelatedPublication(Orderable):
    """A publication that a story is about: its source page, shown in the reader's locale."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related")
    publication = models.ForeignKey(
        "publications.PublicationPage",
        verbose_name=_("publication"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [PageChooserPanel("publication")]
