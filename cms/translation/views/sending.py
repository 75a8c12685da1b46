"""Sending pages to translators: what would be sent, and what is on its way."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from cms.editorial.rule import Refused
from cms.models.tree import lock_tree
from cms.translation.models import Sending, SentAhead
from cms.translation.sending.parcel import NOT_ALLOWED, may_send
from cms.translation.sending.plan import Plan, Refusal
from cms.translation.sending.work import begin, hand_over, work_off

NOT_FROM_HERE = gettext_lazy(
    "A translation goes live when it is reviewed: it cannot be published from here."
)
FEW = 8
"""Pages and locales that are sent while one waits."""


class SendForm(forms.Form):
    locales = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Translators see it in their list. It may stay empty."),
    )

    def __init__(self, *args, shares, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["locales"].choices = [
            (share.locale.language_code, share.name) for share in shares
        ]

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < localdate():
            raise forms.ValidationError(_("This day is over."))
        return due_on


class SendView(WagtailAdminTemplateMixin, FormView):
    """`?page=1&page=2` names the pages, `locales=de` what is chosen beforehand; `below=1` takes
    all pages below along, `ahead=1` sends drafts ahead of their publication.
    """

    form_class = SendForm
    template_name = "translation/send.html"
    page_title = gettext_lazy("Send to translators")
    header_icon = "wagtail-localize-language"
    page_ids: list[int] | None = None
    """Those of a bulk action, which names them otherwise."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        if request.method == "POST":
            lock_tree()
        if not self.plan.wanted:
            raise Http404
        if not any(may_send(page, request.user) for page in self.plan.wanted):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not self.plan.shares:
            reasons = [refusal.reason for refusal in self.plan.refused]
            raise Refused(reasons[0] if reasons else NOT_ALLOWED)
        return super().post(request, *args, **kwargs)

    def named_pages(self) -> list[int]:
        if self.page_ids is not None:
            return self.page_ids
        words = self.request.GET.getlist("page")
        if not words or not all(word.isdecimal() for word in words):
            raise Http404
        return [int(word) for word in words]

    @cached_property
    def plan(self) -> Plan:
        said = self.request.GET
        below, ahead = (said.get(name) == "1" for name in ("below", "ahead"))
        return Plan(self.named_pages(), self.request.user, below, ahead)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"shares": self.plan.shares}

    def get_initial(self):
        words = self.request.GET.getlist("locales")
        return {"locales": [code for word in words for code in word.split(",")]}

    def get_page_subtitle(self):
        first, *others = self.plan.wanted
        return first.get_admin_display_title() if not others else ""

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("sendings"), "label": gettext_lazy("Sent to translators")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        plan = self.plan
        keys = [page.translation_key for page in plan.pages]
        chosen = self.request.GET
        return super().get_context_data(
            plan=plan,
            rows=self._rows(kwargs.get("form") or self.get_form()),
            refusals=_by_reason(plan.refused),
            next_url=get_valid_next_url_from_request(self.request),
            back_url=get_valid_next_url_from_request(self.request) or self._back(),
            may_go_below=any(page.numchild for page in plan.wanted) or "below" in chosen,
            may_go_ahead=any(_has_draft(page) for page in plan.wanted) or plan.ahead,
            below=chosen.get("below") == "1",
            switches={name: self._switched(name) for name in ("below", "ahead")},
            has_drafts=not plan.ahead and _sent_ahead(keys),
            **kwargs,
        )

    def _rows(self, form) -> list[tuple]:
        """Each locale's share with the box that chooses it, in the same order."""
        return list(zip(self.plan.shares, form["locales"], strict=True))

    def _switched(self, name: str) -> str:
        """This address with one of its choices the other way round."""
        words = self.request.GET.copy()
        if words.get(name) == "1":
            del words[name]
        else:
            words[name] = "1"
        return f"?{words.urlencode()}"

    def form_valid(self, form):
        plan, said = self.plan, form.cleaned_data
        items = plan.items(said["locales"])
        if not items:
            raise Refused(plan.refused[0].reason if plan.refused else NOT_ALLOWED)
        sending = begin(self.request.user, items, said["due_on"], plan.ahead)
        if len(items) > FEW:
            hand_over(sending)
            return redirect("sending", sending.pk)
        work_off(sending.pk)
        return self._told(sending, len(items))

    def _told(self, sending: Sending, count: int) -> HttpResponseRedirect:
        failed = sending.items.filter(state="failed").count()
        if failed:
            messages.error(self.request, _("Not everything could be sent."))
            return redirect("sending", sending.pk)
        words = ngettext(
            "%(count)s page is with its translators.",
            "%(count)s pages are with their translators, each language counted.",
            count,
        )
        messages.success(self.request, words % {"count": count})
        return redirect(get_valid_next_url_from_request(self.request) or self._back())

    def _back(self) -> str:
        first, *others = self.plan.wanted
        if others:
            return reverse("wagtailadmin_explore", args=[first.get_parent().pk])
        return reverse("wagtailadmin_pages:edit", args=[first.pk])


def _has_draft(page: Page) -> bool:
    return page.has_unpublished_changes or not page.live


def _sent_ahead(keys: list) -> bool:
    """Whether translators have drafts of these works that nobody has published yet."""
    return SentAhead.objects.filter(source__object_id__in=keys).exists()


def _by_reason(refused: list[Refusal]) -> dict[str, list[Refusal]]:
    """{"This page is not published: ...": [...]}"""
    found: dict[str, list[Refusal]] = {}
    for refusal in refused:
        found.setdefault(str(refusal.reason), []).append(refusal)
    return found


class SendPageView(SendView):
    """At the address where wagtail-localize has a page translated for the first time."""

    def named_pages(self):
        return [self.kwargs["page_id"]]


class RenewView(SendView):
    """At the address where wagtail-localize brings new words of a source to its translations."""

    def named_pages(self):
        source = get_object_or_404(TranslationSource, pk=self.kwargs["translation_source_id"])
        place = {"translation_key": source.object_id, "locale_id": source.locale_id}
        return [get_object_or_404(Page, **place).pk]

    def post(self, request, *args, **kwargs):
        if request.POST.get("publish_translations"):
            raise Refused(NOT_FROM_HERE)
        return super().post(request, *args, **kwargs)

    def get_initial(self):
        return {
            "locales": [share.locale.language_code for share in self.plan.shares if share.known]
        }


class SendAction(PageBulkAction):
    """Pages that were ticked in a list."""

    display_name = gettext_lazy("Send to translators")
    action_type = "send"
    aria_label = gettext_lazy("Send the chosen pages to translators")
    action_priority = 60

    def check_perm(self, page):
        return may_send(page, self.request.user)

    def dispatch(self, request, *args, **kwargs):
        allowed, others = self.get_actionable_objects()
        pages = [*allowed, *others["items_with_no_access"]]
        return SendView.as_view(page_ids=[page.pk for page in pages])(request)
