"""The one way around the review: for administrators, with a reason that everybody can read."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.editorial.finish import publish_in_emergency


class EmergencyForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It is written to the page's history and to a report."),
    )


class EmergencyView(WagtailAdminTemplateMixin, FormView):
    """Publishes a page's latest text at once."""

    form_class = EmergencyForm
    template_name = "editorial/emergency.html"
    page_title = gettext_lazy("Publish without review")
    header_icon = "warning"

    def dispatch(self, request, page_id, *args, **kwargs):
        self.page = get_object_or_404(Page, pk=page_id).specific
        if not request.user.is_superuser or self.page.depth == 1:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            {"url": edit_url, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(page=self.page, **kwargs)

    def form_valid(self, form):
        publish_in_emergency(self.page, self.request.user, form.cleaned_data["reason"])
        messages.success(
            self.request,
            _("“%(title)s” is published without review; the reason stands in its history.")
            % {"title": self.page.get_admin_display_title()},
        )
        return redirect("wagtailadmin_pages:edit", self.page.pk)
