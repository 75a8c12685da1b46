"""What administrators have published without review, and why."""

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Exists, IntegerField, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, get_default_page_content_type
from wagtail.permissions import page_permission_policy

from cms.editorial.models import Clearance
from cms.editorial.rows import edit_url, name_of


def who_have_published(request) -> QuerySet:
    given = Clearance.objects.emergencies().filter(given_by=OuterRef("pk"))
    return get_user_model().objects.filter(Exists(given)).order_by("username")


class EmergencyFilters(WagtailFilterSet):
    given_by = django_filters.ModelChoiceFilter(queryset=who_have_published, label=_("Person"))
    given_at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = Clearance
        fields = ["given_by", "given_at"]


def page_of(clearance):
    return clearance.revision.content_object


def title_of(clearance) -> str:
    return page_of(clearance).get_admin_display_title()


EXPORT = {
    "page": (_("Page"), title_of),
    "locale": (_("Language"), lambda given: page_of(given).locale.language_code),
    "person": (_("Published by"), lambda given: name_of(given.given_by)),
    "given_at": (_("When"), lambda given: given.given_at),
    "reason": (_("Reason"), lambda given: given.reason),
}


class EmergenciesView(ReportView):
    page_title = _("Emergency publications")
    header_icon = "warning"
    results_template_name = "editorial/reports/results.html"
    filterset_class = EmergencyFilters
    index_url_name = "editorial_emergencies"
    index_results_url_name = "editorial_emergencies_results"
    no_results_message = _("Nothing has been published without review.")
    permission_policy = page_permission_policy
    any_permission_required = ["publish"]
    export_filename = "emergency-publications"
    list_export = list(EXPORT)
    export_headings = {name: heading for name, (heading, _value) in EXPORT.items()}
    columns = [
        TitleColumn(
            "page",
            label=_("Page"),
            accessor=title_of,
            get_url=lambda given: edit_url(page_of(given)),
        ),
        LocaleColumn(
            label=_("Language"), accessor=lambda given: page_of(given).locale_id, sort_key=None
        ),
        Column("person", label=_("Published by"), accessor=lambda given: name_of(given.given_by)),
        DateColumn("given_at", label=_("When"), sort_key="given_at"),
        Column("reason", label=_("Reason")),
    ]

    def get_queryset(self):
        number = Cast(OuterRef("revision__object_id"), IntegerField())
        self.queryset = (
            Clearance.objects.emergencies()
            .filter(
                Exists(Page.objects.filter(pk=number)),
                revision__base_content_type=get_default_page_content_type(),
            )
            .select_related("revision", "given_by")
            .defer("revision__content")
            .prefetch_related("revision__content_object__locale")
            .order_by("-given_at", "-pk")
        )
        return super().get_queryset()

    def to_row_dict(self, item):
        return {name: value(item) for name, (_heading, value) in EXPORT.items()}
