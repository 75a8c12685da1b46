"""What was sent to translators: how far it is, what failed and why."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn, UserColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from cms.editorial.rule import Refused
from cms.translation.models import Sending, SendingItem
from cms.translation.sending.work import cancel, resume

SENT = gettext_lazy("Sent to translators")
FAILED, WAITING = SendingItem.State.FAILED, SendingItem.State.WAITING


class MaySend:
    """For those who send pages to translators."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def status(sending: Sending):
    if sending.cancelled_at:
        return _("Cancelled")
    return _("On its way") if sending.is_running else _("Done")


def title(sending) -> str:
    """How many pages there are, as the list has counted them."""
    words = ngettext("%(count)s page", "%(count)s pages", sending.pages)
    return words % {"count": sending.pages}


class SendingsView(MaySend, BaseListingView):
    model = Sending
    page_title = SENT
    header_icon = "wagtail-localize-language"
    index_url_name = "sendings"
    index_results_url_name = "sendings_results"
    paginate_by = 50
    default_ordering = "-sent_at"
    columns = [
        TitleColumn(
            "pages",
            label=gettext_lazy("Pages"),
            accessor=title,
            get_url=lambda sending: reverse("sending", args=[sending.pk]),
        ),
        DateColumn("sent_at", label=gettext_lazy("Sent"), sort_key="sent_at"),
        UserColumn("sent_by", label=gettext_lazy("By")),
        StatusTagColumn(
            "status",
            label=gettext_lazy("Status"),
            accessor=status,
            primary=lambda sending: sending.is_running,
        ),
        Column("failed", label=gettext_lazy("Not sent")),
    ]

    def get_base_queryset(self):
        return Sending.objects.select_related("sent_by").annotate(
            pages=Count("items__page_id", distinct=True),
            failed=Count("items", filter=Q(items__state=FAILED)),
        )


class SendingView(MaySend, WagtailAdminTemplateMixin, TemplateView):
    """The progress of one sending; a script brings it up to date where there is one."""

    template_name = "translation/sending.html"
    page_title = SENT
    header_icon = "wagtail-localize-language"

    @cached_property
    def sending(self) -> Sending:
        return get_object_or_404(Sending.objects.select_related("sent_by"), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("sendings"), "label": SENT},
            {"url": "", "label": date_format(localtime(self.sending.sent_at), "DATETIME_FORMAT")},
        ]

    def get_context_data(self, **kwargs):
        sending = self.sending
        numbers = sending.items.aggregate(
            total=Count("pk"),
            waiting=Count("pk", filter=Q(state=WAITING)),
            failed=Count("pk", filter=Q(state=FAILED)),
        )
        numbers["done"] = numbers["total"] - numbers["waiting"] - numbers["failed"]
        numbers["settled"] = numbers["total"] - numbers["waiting"]
        return super().get_context_data(
            sending=sending,
            numbers=numbers,
            status=status(sending),
            failed=sending.items.filter(state=FAILED).select_related("locale"),
            may_steer=sending.may_be_steered_by(self.request.user),
            may_resume=not sending.is_running and (numbers["waiting"] or numbers["failed"]),
            **kwargs,
        )


def _to_steer(request, pk: int) -> Sending:
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    sending = get_object_or_404(Sending.objects.select_for_update(), pk=pk)
    if not sending.may_be_steered_by(request.user):
        raise PermissionDenied
    return sending


@require_POST
def cancel_sending(request, pk: int):
    sending = _to_steer(request, pk)
    if not sending.is_running:
        raise Refused(_("Nothing of it waits any more."))
    cancel(sending)
    messages.success(request, _("What was not sent yet stays; what is done stays too."))
    return redirect("sending", pk)


@require_POST
def resume_sending(request, pk: int):
    sending = _to_steer(request, pk)
    if sending.is_running:
        raise Refused(_("It is on its way already."))
    resume(sending)
    return redirect("sending", pk)
