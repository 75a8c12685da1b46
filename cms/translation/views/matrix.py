"""Works x locales: how each page stands in each language, and what is left to translate."""

from datetime import timedelta

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, get_page_models

from cms.editorial.roles import sees_translations
from cms.models.locales import active_languages
from cms.translation.cells import State, WorkState
from cms.translation.matrix import OVERDUE, Line, Total, Wanted, add_up, lines_for
from cms.translation.shown import shown_lines

AGES = {"30": _("a month"), "183": _("six months"), "365": _("a year")}
"""Days, and how people say it."""


def kinds_to_choose() -> list[tuple[int, str]]:
    """The types of pages; content types stay in the memory of the process."""
    models = [model for model in get_page_models() if model is not Page]
    known = ContentType.objects.get_for_models(*models)
    found = [(kind.pk, capfirst(str(model._meta.verbose_name))) for model, kind in known.items()]
    return sorted(found, key=lambda pair: pair[1].casefold())


def works_to_choose() -> list[tuple]:
    going = [(value, label) for value, label in WorkState.choices if value != WorkState.NONE]
    return [*going, (OVERDUE, _("Overdue")), (WorkState.NONE.value, WorkState.NONE.label)]


class MatrixFilters(WagtailFilterSet):
    """What somebody may narrow the matrix to; `Wanted` does it."""

    text = django_filters.CharFilter(label=_("Title"))
    kind = django_filters.MultipleChoiceFilter(
        label=_("Type"), choices=kinds_to_choose, widget=forms.CheckboxSelectMultiple
    )
    locale = django_filters.MultipleChoiceFilter(
        label=_("Languages"),
        choices=lambda: list(active_languages().items()),
        widget=forms.CheckboxSelectMultiple,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    work = django_filters.MultipleChoiceFilter(
        label=_("Work"), choices=works_to_choose, widget=forms.CheckboxSelectMultiple
    )
    age = django_filters.ChoiceFilter(
        label=_("Overtaken for longer than"),
        choices=list(AGES.items()),
        empty_label=_("Any time"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Page
        fields = []

    def wanted(self) -> Wanted:
        asked = self.form.cleaned_data if self.is_valid() else {}
        age = asked.get("age")
        return Wanted(
            kinds={int(pk) for pk in asked.get("kind") or ()},
            states=asked.get("state") or (),
            works=asked.get("work") or (),
            languages=asked.get("locale") or (),
            older_than=timedelta(days=int(age)) if age else None,
            text=(asked.get("text") or "").strip(),
        )


EXPORT = {
    "title": (_("Page"), lambda shown: shown.line.title),
    "kind": (_("Type"), lambda shown: kind_of(shown.line)),
    "language": (_("Language"), lambda shown: shown.cell.language),
    "state": (_("State"), lambda shown: str(shown.cell.label)),
    "since": (_("Overtaken since"), lambda shown: shown.cell.since),
    "words": (_("Words to translate"), lambda shown: shown.cell.words),
    "segments": (_("Texts to translate"), lambda shown: shown.cell.segments),
    "work": (_("Work"), lambda shown: str(shown.cell.work_label)),
    "words_left": (_("Words left in the draft"), lambda shown: shown.cell.words_left),
    "due_on": (_("Due"), lambda shown: shown.sent("due_on")),
    "overdue": (_("Overdue"), lambda shown: shown.cell.is_overdue),
    "machine": (_("From a machine, %"), lambda shown: shown.cell.machine_share),
    "translated_by": (_("Translated by"), lambda shown: shown.translated_by),
    "translated_at": (_("Translated"), lambda shown: shown.sent("translated_at")),
    "reviewed_by": (_("Reviewed by"), lambda shown: shown.reviewed_by),
    "reviewed_at": (_("Reviewed"), lambda shown: shown.sent("reviewed_at")),
}


def kind_of(line: Line) -> str:
    """The name of a page's type."""
    model = ContentType.objects.get_for_id(line.work.head.content_type_id).model_class()
    return str(model._meta.verbose_name) if model else ""


class MatrixView(ReportView):
    page_title = _("Translation matrix")
    header_icon = "globe"
    results_template_name = "translation/matrix_results.html"
    filterset_class = MatrixFilters
    index_url_name = "translation_matrix"
    index_results_url_name = "translation_matrix_results"
    paginate_by = 100
    export_filename = "translations"
    list_export = list(EXPORT)
    export_headings = {name: heading for name, (heading, _value) in EXPORT.items()}

    def dispatch(self, request, *args, **kwargs):
        if not sees_translations(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def wanted(self) -> Wanted:
        return self.filters.wanted()

    @cached_property
    def no_results_message(self):
        if self.is_filtering:
            return _("No work matches.")
        return _("There is no page yet that could be translated.")

    def get_filtered_queryset(self):
        self.reader, lines = lines_for(self.request.user, self.wanted)
        return lines

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.is_export:
            return context
        languages = {c: n for c, n in active_languages().items() if self.wanted.shows(c)}
        of_locale = add_up(self.object_list, languages)
        rows = shown_lines(context["object_list"], self.wanted, self.reader)
        return context | {
            "rows": [(line, kind_of(line), cells) for line, cells in rows],
            "columns": [(code, name, of_locale[code]) for code, name in languages.items()],
            "chosen": self.wanted.languages,
            "total": sum(of_locale.values(), Total()),
            "may_send": any(line.can_send for line in context["object_list"]),
        }

    def as_spreadsheet(self, queryset, spreadsheet_format):
        rows = shown_lines(queryset, self.wanted, self.reader)
        cells = [cell for _line, of_line in rows for cell in of_line]
        return super().as_spreadsheet(cells, spreadsheet_format)

    def to_row_dict(self, item):
        return {name: value(item) for name, (_heading, value) in EXPORT.items()}


def instead_of_report(request):
    """In the place of wagtail-localize's own report, which names drafts to everybody."""
    return redirect("translation_matrix")
