"""Asking a machine for the open texts of a page: first what that costs, then the asking.

At wagtail-localize's own address, whose view would store the answers as if a person had agreed.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail_localize.models import Translation

from cms.translation.access import page_to_change, page_to_read, why_not
from cms.translation.machine.work import begin, estimate
from cms.translation.models import MachineRun


class MachineView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/machine.html"
    page_title = gettext_lazy("Machine translation")
    header_icon = "cogs"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        every = Translation.objects.select_related("source__locale", "target_locale")
        self.translation = get_object_or_404(every, pk=kwargs["translation_id"])
        self.page = page_to_read(self.translation, request.user)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        title = self.page.get_admin_display_title()
        here = {"url": "", "label": self.get_page_title(), "sublabel": title}
        return [*self.breadcrumbs_items, {"url": self.editor, "label": title}, here]

    @property
    def editor(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            estimate=estimate(self.translation),
            run=MachineRun.objects.filter(translation=self.translation).first(),
            reason=why_not(self.translation, self.page, self.request.user),
            editor=self.editor,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        page_to_change(self.translation, request.user)
        expected = estimate(self.translation)
        if expected is None:
            raise Http404
        if request.POST.get("characters") != str(expected.characters) or not expected.texts:
            return self.render_to_response(self.get_context_data())
        begin(self.translation, request.user, expected)
        messages.success(
            request,
            _("The texts are on their way to %(service)s; its suggestions come to the editor.")
            % {"service": expected.service},
        )
        return redirect(self.editor)
