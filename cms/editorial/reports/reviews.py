"""Every review with each of its steps: who, when, what was said, how long it took."""

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import (
    Column,
    DateColumn,
    LocaleColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.views.reports import ReportView
from wagtail.models import (
    Locale,
    Page,
    TaskState,
    Workflow,
    WorkflowState,
    get_default_page_content_type,
)

from cms.editorial.broken import editable_pages
from cms.editorial.reviewers import waiting_for
from cms.editorial.rows import edit_url, name_of


def reviewed_page(**conditions) -> Exists:
    """That the page of a step meets these conditions."""
    number = Cast(OuterRef("workflow_state__object_id"), IntegerField())
    return Exists(Page.objects.filter(pk=number, **conditions))


def visible_steps(user) -> QuerySet:
    """The steps of reviews of pages that the person may change, or has or had a part in."""
    number = Cast(OuterRef("workflow_state__object_id"), IntegerField())
    mine = (
        Exists(editable_pages(user).order_by().filter(pk=number))
        | Q(workflow_state__requested_by=user)
        | Q(finished_by=user)
        | Q(pk__in=[review.state.pk for review in waiting_for(user)])
    )
    pages = Q(workflow_state__base_content_type=get_default_page_content_type())
    return TaskState.objects.filter(mine, pages)


def people_of_reviews(request) -> QuerySet:
    people = get_user_model().objects.filter(
        Exists(WorkflowState.objects.filter(requested_by=OuterRef("pk")))
        | Exists(TaskState.objects.filter(finished_by=OuterRef("pk")))
    )
    return people.order_by("username")


class ReviewFilters(WagtailFilterSet):
    waiting = django_filters.ChoiceFilter(
        label=_("Show"),
        method="only_waiting",
        choices=[("true", _("Waiting for me"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    workflow = django_filters.ModelChoiceFilter(
        field_name="workflow_state__workflow", queryset=Workflow.objects.all(), label=_("Workflow")
    )
    review = django_filters.ChoiceFilter(
        field_name="workflow_state__status",
        choices=WorkflowState.STATUS_CHOICES,
        label=_("Review"),
    )
    status = django_filters.ChoiceFilter(choices=TaskState.STATUS_CHOICES, label=_("Step"))
    locale = django_filters.ModelChoiceFilter(
        queryset=Locale.objects.all(), method="in_locale", label=_("Language")
    )
    person = django_filters.ModelChoiceFilter(
        queryset=people_of_reviews, method="with_person", label=_("Person")
    )
    started_at = django_filters.DateFromToRangeFilter(
        label=_("Started"), widget=DateRangePickerWidget
    )

    class Meta:
        model = TaskState
        fields = ["waiting", "workflow", "review", "status", "locale", "person", "started_at"]

    def only_waiting(self, steps, name, value):
        return steps.filter(pk__in=[review.state.pk for review in waiting_for(self.request.user)])

    def in_locale(self, steps, name, locale):
        return steps.filter(reviewed_page(locale=locale))

    def with_person(self, steps, name, person):
        """Who sent it, who decided, or who changed it last while it was sent back."""
        return steps.filter(
            Q(workflow_state__requested_by=person)
            | Q(finished_by=person)
            | reviewed_page(latest_revision__user=person)
        )


def page_of(step):
    return step.workflow_state.content_object


def title_of(step) -> str:
    return page_of(step).get_admin_display_title()


def time_taken(step) -> str:
    return timesince(step.started_at, step.finished_at or timezone.now())


def hours_taken(step) -> float:
    """With two decimals, up to now where the step is open: a spreadsheet can add them up."""
    taken = (step.finished_at or timezone.now()) - step.started_at
    return round(taken.total_seconds() / 3600, 2)


EXPORT = {
    "page": (_("Page"), title_of),
    "locale": (_("Language"), lambda step: page_of(step).locale.language_code),
    "workflow": (_("Workflow"), lambda step: step.workflow_state.workflow.name),
    "review": (_("Review"), lambda step: step.workflow_state.get_status_display()),
    "sent_by": (_("Sent by"), lambda step: name_of(step.workflow_state.requested_by)),
    "sent_at": (_("Sent at"), lambda step: step.workflow_state.created_at),
    "task": (_("Step"), lambda step: step.task.name),
    "status": (_("Status"), lambda step: step.get_status_display()),
    "person": (_("Decided by"), lambda step: name_of(step.finished_by)),
    "started_at": (_("Started"), lambda step: step.started_at),
    "finished_at": (_("Finished"), lambda step: step.finished_at),
    "hours": (_("Hours"), hours_taken),
    "comment": (_("Comment"), lambda step: step.comment),
}


class ReviewsView(ReportView):
    page_title = _("All reviews")
    results_template_name = "editorial/reports/results.html"
    header_icon = "tasks"
    filterset_class = ReviewFilters
    index_url_name = "editorial_reviews"
    index_results_url_name = "editorial_reviews_results"
    no_results_message = _("No review matches.")
    export_filename = "reviews"
    list_export = list(EXPORT)
    export_headings = {name: heading for name, (heading, _value) in EXPORT.items()}
    columns = [
        TitleColumn(
            "page",
            label=_("Page"),
            accessor=title_of,
            get_url=lambda step: edit_url(page_of(step)),
            width="20%",
        ),
        LocaleColumn(
            label=_("Language"), accessor=lambda step: page_of(step).locale_id, sort_key=None
        ),
        Column("workflow", label=_("Workflow"), accessor="workflow_state.workflow.name"),
        StatusTagColumn(
            "review",
            label=_("Review"),
            accessor="workflow_state.get_status_display",
            primary=lambda step: step.workflow_state.is_active,
        ),
        Column(
            "sent_by",
            label=_("Sent by"),
            accessor=lambda step: name_of(step.workflow_state.requested_by),
        ),
        Column("task", label=_("Step"), accessor="task.name"),
        StatusTagColumn("status", label=_("Status"), accessor="get_status_display"),
        Column("person", label=_("Decided by"), accessor=lambda step: name_of(step.finished_by)),
        DateColumn("started_at", label=_("Started"), sort_key="started_at"),
        Column("taken", label=_("Took"), accessor=time_taken),
        Column("comment", label=_("Comment")),
    ]

    def get_queryset(self):
        self.queryset = (
            visible_steps(self.request.user)
            .filter(reviewed_page())
            .select_related(
                "task", "workflow_state__workflow", "workflow_state__requested_by", "finished_by"
            )
            .prefetch_related("workflow_state__content_object__locale")
            .order_by("-started_at", "-pk")
        )
        return super().get_queryset()

    def to_row_dict(self, item):
        return {name: value(item) for name, (_heading, value) in EXPORT.items()}
