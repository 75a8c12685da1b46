"""Files that come back: what each would change is shown first, and a person confirms it."""

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail_localize.models import Translation

from cms.models.tree import lock_tree
from cms.translation.access import page_to_change
from cms.translation.exchange.plan import Verdict, signature
from cms.translation.exchange.reading import Unreadable
from cms.translation.exchange.uploads import confirm, keep, plans_of
from cms.translation.models import Upload
from cms.translation.views.exchange import own_locales

MOST_ROWS = 1000
"""Rows that are shown of a file; all are counted."""


@require_POST
def upload(request):
    """Take a file of any translation."""
    own_locales(request.user)
    return _take(request, reverse("translation_exchange"))


@require_POST
def upload_po(request, translation_id: int):
    """Wagtail-localize's own address: a file of this very translation."""
    every = Translation.objects.select_related("source", "target_locale")
    translation = get_object_or_404(every, pk=translation_id)
    page = page_to_change(translation, request.user)
    back = get_valid_next_url_from_request(request)
    return _take(
        request,
        back or reverse("wagtailadmin_pages:edit", args=[page.pk]),
        translation,
        Upload.Kind.TEXTS,
    )


def _take(request, back: str, only: Translation | None = None, kind: str = ""):
    try:
        kept, _plans = keep(request.FILES.get("file"), request.user, kind, only)
    except Unreadable as error:
        messages.error(request, str(error))
        return redirect(back)
    return redirect("translation_upload", kept.pk)


class UploadView(WagtailAdminTemplateMixin, TemplateView):
    """What a file would change; nothing of it is stored before its sender agrees."""

    template_name = "translation/exchange/upload.html"
    page_title = gettext_lazy("What would change")
    header_icon = "upload"
    media = Media(css={"all": ["translation/editor.css", "translation/files.css"]})

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.upload = get_object_or_404(
            Upload.objects.select_related("only", "user"), pk=kwargs["pk"]
        )
        if self.upload.user_id != request.user.pk:
            raise PermissionDenied

    def get_page_subtitle(self):
        return self.upload.name

    def get_breadcrumbs_items(self):
        files = {"url": reverse("translation_exchange"), "label": _("Translation files")}
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.upload.name}
        return [*self.breadcrumbs_items, files, here]

    def get_context_data(self, plans=None, **kwargs):
        plans = plans_of(self.upload) if plans is None else plans
        ready = [plan for plan in plans if not plan.refused]
        left = MOST_ROWS
        for plan in plans:
            plan.shown = [row for row in plan.rows if row.verdict != Verdict.SAME][: max(left, 0)]
            left -= len(plan.shown)
        return super().get_context_data(
            upload=self.upload,
            media=self.media,
            plans=plans,
            is_cut=left <= 0,
            signature=signature(plans),
            changes=sum(len(plan.changes) for plan in ready if not plan.is_outdated),
            from_outdated=sum(len(plan.changes) for plan in ready if plan.is_outdated),
            **kwargs,
        )

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Unreadable as error:
            messages.error(request, str(error))
            return redirect("translation_exchange")

    def post(self, request, *args, **kwargs):
        if "discard" in request.POST:
            self.upload.delete()
            messages.success(request, _("The file was discarded; nothing was changed."))
            return redirect("translation_exchange")
        lock_tree()
        plans = plans_of(self.upload)
        if request.POST.get("signature") != signature(plans):
            messages.warning(
                request, _("Something has changed since you looked: please look once more.")
            )
            return self.render_to_response(self.get_context_data(plans=plans))
        count = confirm(self.upload, plans, "with_outdated" in request.POST)
        message = ngettext("%(count)s entry was stored.", "%(count)s entries were stored.", count)
        messages.success(request, message % {"count": count})
        return redirect(self._next(plans))

    def _next(self, plans) -> str:
        translated = [plan.translation for plan in plans if plan.translation]
        if len(translated) == 1:
            return translated[0].get_target_instance_edit_url()
        return reverse("translation_exchange")
