"""The translators' queue: what is to be done, until when, and who has it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from cms.editorial.reading import translations
from cms.editorial.reviewers import waiting_for
from cms.editorial.rule import translating_groups
from cms.models.locales import active_languages, language_of, locale_id_of
from cms.translation.access import locales_of, page_to_read
from cms.translation.models import Assignment
from cms.translation.queue import LEFT, PEOPLE, RANKS, jobs, totals, work_of
from cms.translation.views.workplace import may_set_due

AT_ONCE = 50
ON_DASHBOARD = 8


def works_on_translations(user) -> bool:
    """Whether somebody translates, reviews translations or watches over them."""
    return any(locale.language_code != settings.LANGUAGE_CODE for locale in locales_of(user))


class DeskItem(MenuItem):
    """In the main menu, for those whose work it is."""

    def is_shown(self, request):
        return works_on_translations(request.user)


class TranslationsPanel(Component):
    """The most urgent of a translator's queue, on the dashboard."""

    name = "translations"
    template_name = "translation/panel.html"
    order = 105

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        work = work_of(self.user)
        return {
            "jobs": jobs(work.select_related(*PEOPLE)[:ON_DASHBOARD]),
            "totals": totals(work),
            "may_set_due": False,
        }


def add_panel(request, panels: list) -> None:
    """Put the queue on the dashboard of those who translate."""
    if translating_groups(request.user):
        panels.append(TranslationsPanel(request.user))


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """All that is to be done in one's languages, and what waits for one's review."""

    template_name = "translation/desk.html"
    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not works_on_translations(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def work(self):
        return work_of(self.request.user)

    def _listed(self):
        found, asked = self.work, self.request.GET
        locale_id = locale_id_of(asked.get("locale", ""))
        if locale_id:
            found = found.filter(translation__target_locale_id=locale_id)
        if asked.get("state") in RANKS:
            found = found.filter(state=asked["state"])
        return found.select_related(*PEOPLE)

    def _reviews(self) -> list:
        waiting = waiting_for(self.request.user)
        pages = Page.objects.filter(translations(), pk__in={review.page.pk for review in waiting})
        translated = set(pages.values_list("pk", flat=True))
        return [review for review in waiting if review.page.pk in translated]

    def _languages(self) -> list[dict]:
        """The languages in which something waits, each with its words."""
        names = active_languages()
        left = {language_of(total.locale_id): total for total in totals(self.work)}
        return [
            {"code": code, "name": name, "count": left[code].count, "words": left[code].words}
            for code, name in names.items()
            if code in left
        ]

    def get_context_data(self, **kwargs):
        user = self.request.user
        page = Paginator(self._listed(), AT_ONCE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page_obj=page,
            jobs=jobs(page.object_list),
            reviews=self._reviews(),
            languages=self._languages(),
            language=self.request.GET.get("locale", ""),
            state=self.request.GET.get("state", ""),
            states=list(RANKS),
            left=LEFT,
            may_set_due=not translating_groups(user),
            **kwargs,
        )


class DueForm(forms.ModelForm):
    class Meta:
        model = Assignment
        fields = ["due_on"]
        widgets = {"due_on": AdminDateInput}
        help_texts = {"due_on": gettext_lazy("Leave empty where there is no hurry.")}


class DueView(WagtailAdminTemplateMixin, FormView):
    """Until when a translation is to be done; for those who write its source."""

    form_class = DueForm
    template_name = "translation/due.html"
    page_title = gettext_lazy("Due date")
    header_icon = "calendar"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        found = Assignment.objects.select_related("translation__source")
        self.assignment = get_object_or_404(found, pk=kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        self.page = page_to_read(self.assignment.translation, request.user)
        source = self.assignment.translation.source
        page = Page.objects.filter(
            translation_key=source.object_id, locale_id=source.locale_id
        ).first()
        if page is None or not may_set_due(page, self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.assignment}

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_context_data(self, **kwargs):
        return super().get_context_data(next_url=self.next_url(), **kwargs)

    def next_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse("translation_desk")

    def form_valid(self, form):
        Assignment.objects.filter(pk=self.assignment.pk).update(**form.cleaned_data)
        messages.success(self.request, _("The due date is saved."))
        return redirect(self.next_url())
