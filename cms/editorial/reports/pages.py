"""The whole lists of which the dashboard shows the beginning."""

import django_filters
from django.db.models import IntegerField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import ContentTypeFilter, DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page, get_page_content_types

from cms.editorial.broken import broken_pages, broken_site
from cms.editorial.desk import scheduled_revisions, untouched_pages
from cms.editorial.reviewers import groups_of_person, pages_of
from cms.editorial.rows import edit_url

NO_MORE = 500
"""How many broken things of a kind are listed at once."""


def kind_of(page) -> str:
    return page.specific_class._meta.verbose_name


class ByKind(WagtailFilterSet):
    content_type = ContentTypeFilter(
        label=_("Type"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )

    class Meta:
        model = Page
        fields = ["content_type"]


class ByKindAndTouch(ByKind):
    touched_at = django_filters.DateFromToRangeFilter(
        label=_("Last changed"), widget=DateRangePickerWidget
    )


TITLE = TitleColumn("title", label=_("Title"), accessor="draft_title", get_url=edit_url)
KIND = Column("kind", label=_("Type"), accessor=kind_of)


class ListOfPagesView(PageReportView):
    """A report of pages that is shown by a table, as the other reports here are."""

    results_template_name = "editorial/reports/results.html"
    export_headings = {"draft_title": _("Title"), "specific_class._meta.verbose_name": _("Type")}
    list_export = ["draft_title", "locale.language_code", "specific_class._meta.verbose_name"]
    export_headings |= {"locale.language_code": _("Language")}


class UntouchedView(ListOfPagesView):
    page_title = _("Not touched for six months")
    header_icon = "time"
    filterset_class = ByKindAndTouch
    index_url_name = "editorial_untouched"
    index_results_url_name = "editorial_untouched_results"
    no_results_message = _("Every page that you may change was changed in the last six months.")
    export_filename = "not-touched"
    list_export = ListOfPagesView.list_export + ["touched_at"]
    export_headings = ListOfPagesView.export_headings | {"touched_at": _("Last changed")}
    columns = [
        TITLE,
        LocaleColumn(label=_("Language"), sort_key=None),
        KIND,
        DateColumn("touched_at", label=_("Last changed"), sort_key="touched_at"),
    ]

    def get_queryset(self):
        pages = untouched_pages(self.request.user)
        self.queryset = pages.select_related("content_type", "locale")
        return super().get_queryset()


class ScheduledView(ListOfPagesView):
    page_title = _("Going live soon")
    header_icon = "calendar"
    filterset_class = ByKind
    index_url_name = "editorial_scheduled"
    index_results_url_name = "editorial_scheduled_results"
    no_results_message = _("Nothing is going to be published by itself.")
    export_filename = "going-live"
    list_export = ListOfPagesView.list_export + ["planned_at"]
    export_headings = ListOfPagesView.export_headings | {"planned_at": _("Goes live")}
    columns = [
        TITLE,
        LocaleColumn(label=_("Language"), sort_key=None),
        KIND,
        Column("planned_at", label=_("Goes live"), sort_key="planned_at"),
    ]

    def get_queryset(self):
        planned = scheduled_revisions(self.request.user)
        number = Cast("object_id", IntegerField())
        at = planned.annotate(page_id=number).filter(page_id=OuterRef("pk"))
        self.queryset = (
            Page.objects.annotate(planned_at=Subquery(at.values("approved_go_live_at")[:1]))
            .filter(planned_at__isnull=False)
            .select_related("content_type", "locale")
            .order_by("planned_at")
        )
        return super().get_queryset()


class BrokenView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "editorial/broken.html"
    page_title = _("Broken things")
    header_icon = "warning"
    _show_breadcrumbs = True

    def get_context_data(self, **kwargs):
        user = self.request.user
        broken = broken_pages(user, NO_MORE)
        rows = broken.rows(pages_of(broken.page_ids))
        rows += broken_site(user, groups_of_person(user).values(), NO_MORE)
        return super().get_context_data(rows=rows, **kwargs)
