"""The bin in the admin: the list, and what can be done with each deletion."""

import re

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.forms.pages import MoveForm
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.editorial.bin.purging import purge
from cms.editorial.bin.restoring import NotRestorable, free_slug, of_same_work, places_of, restore
from cms.editorial.models import BinEntry
from cms.editorial.models.bin import empties_bin

BREADCRUMB = {"url": "", "label": gettext_lazy("Bin")}


class EntryColumn(ButtonsColumnMixin, TitleColumn):
    """The title of a deletion with what can be done to it."""

    def get_buttons(self, instance, parent_context):
        words = {"title": instance.title}
        yield ListingButton(
            _("Restore"),
            reverse("bin:restore", args=[instance.pk]),
            attrs={"aria-label": _("Restore “%(title)s”") % words},
            priority=10,
        )
        if empties_bin(parent_context["request"].user):
            yield ListingButton(
                _("Delete for good"),
                reverse("bin:purge", args=[instance.pk]),
                attrs={"aria-label": _("Delete “%(title)s” for good") % words},
                priority=20,
            )


class BinView(PermissionCheckedMixin, BaseListingView):
    page_title = gettext_lazy("Bin")
    header_icon = "bin"
    index_url_name = "bin:index"
    index_results_url_name = "bin:results"
    results_template_name = "editorial/bin/results.html"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    paginate_by = 50
    model = BinEntry
    default_ordering = "-deleted_at"
    is_searchable = True
    search_fields = ["title"]
    columns = [
        EntryColumn(
            "title",
            label=gettext_lazy("Title"),
            get_url=lambda entry: reverse("bin:restore", args=[entry.pk]),
            sort_key="title",
        ),
        Column("pages", label=gettext_lazy("Pages"), sort_key="pages"),
        Column(
            "languages",
            label=gettext_lazy("Languages"),
            accessor=lambda entry: ", ".join(entry.languages),
        ),
        UserColumn("deleted_by", label=gettext_lazy("Deleted by")),
        DateColumn("deleted_at", label=gettext_lazy("Deleted"), sort_key="deleted_at"),
        Column("days_left", label=gettext_lazy("Days left")),
    ]

    def get_base_queryset(self):
        entries = BinEntry.objects.shown_to(self.request.user).select_related("deleted_by")
        return entries.prefetch_related("trees__page__locale")


class EntryView(WagtailAdminTemplateMixin, TemplateView):
    """One deletion, for those who find it in the bin."""

    header_icon = "bin"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = get_object_or_404(BinEntry.objects.shown_to(request.user), pk=kwargs["pk"])

    def get_page_subtitle(self):
        return self.entry.title

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.entry.title}
        return [*self.breadcrumbs_items, BREADCRUMB | {"url": reverse("bin:index")}, here]

    def get_context_data(self, **kwargs):
        return super().get_context_data(entry=self.entry, **kwargs)


class RestoreView(EntryView):
    """What comes back, what stands in the way, and what can be done about it."""

    template_name = "editorial/bin/restore.html"
    page_title = gettext_lazy("Restore")

    def get_form(self):
        page = self.entry.trees.first().page
        models = set(page.specific_class.allowed_parent_page_models())
        form = MoveForm(self.request.POST or None, page_to_move=page, target_parent_models=models)
        form.fields["new_parent_page"].initial = None
        return form

    def get_context_data(self, **kwargs):
        places = places_of(self.entry)
        first = places[0]
        context = {"places": places, "first": first, "problems": [p for p in places if p.problem]}
        if first.is_gone:
            context["form"] = self.get_form()
            context["media"] = context["form"].media
        elif first.is_taken:
            same = of_same_work(first, places)
            context["free_slug"] = free_slug([p for p in same if not p.is_gone and not p.is_binned])
        elif first.is_binned:
            context["restore_first"] = first.entry_to_restore_first
        return super().get_context_data(**context, **kwargs)

    def post(self, request, *args, **kwargs):
        parent = None
        if "new_parent_page" in request.POST:
            form = self.get_form()
            if not form.is_valid():
                return self.render_to_response(self.get_context_data())
            parent = self.chosen(form.cleaned_data["new_parent_page"])
        try:
            pages = restore(self.entry, request.user, "rename" in request.POST, parent)
        except NotRestorable as error:
            messages.error(request, str(error))
            return redirect("bin:restore", self.entry.pk)
        return told(request, [pages])

    def chosen(self, parent: Page) -> Page:
        """The page that was chosen; PermissionDenied where such a page may not be made below it."""
        page = self.entry.trees.first().page.specific
        below = parent.specific.permissions_for_user(self.request.user)
        if not page.can_move_to(parent.specific) or not below.can_add_subpage():
            raise PermissionDenied
        return parent


class PurgeView(EntryView):
    template_name = "editorial/bin/purge.html"
    page_title = gettext_lazy("Delete for good")

    def dispatch(self, request, *args, **kwargs):
        if not empties_bin(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        words = {"title": self.entry.title}
        try:
            purge(self.entry, request.user)
        except ProtectedError:
            messages.error(request, _("“%(title)s” is still needed elsewhere.") % words)
        else:
            messages.success(request, _("“%(title)s” was deleted for good.") % words)
        return redirect("bin:index")


@require_POST
def undo(request):
    """Restore what was deleted a moment ago; `id` may stand there several times."""
    ids = [number for number in request.GET.getlist("id") if re.fullmatch(r"[0-9]{1,9}", number)]
    entries = BinEntry.objects.shown_to(request.user).filter(pk__in=ids)
    if not entries:
        raise Http404
    restored = []
    for entry in entries.order_by("-pk"):
        try:
            restored.append(restore(entry, request.user))
        except NotRestorable as error:
            messages.error(request, str(error))
    return told(request, restored) if restored else redirect("bin:index")


def told(request, restored: list[list[Page]]):
    """The way back to where the pages are again, with a message."""
    count = sum(len(pages) for pages in restored)
    pages = [page for each in restored for page in each]
    message = ngettext(
        "“%(title)s” was restored as a draft.",
        "“%(title)s” and what was deleted with it were restored as drafts.",
        count,
    )
    messages.success(request, message % {"title": pages[0].get_admin_display_title()})
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


urlpatterns = [
    path("", BinView.as_view(), name="index"),
    path("results/", BinView.as_view(results_only=True), name="results"),
    path("undo/", undo, name="undo"),
    path("<int:pk>/restore/", RestoreView.as_view(), name="restore"),
    path("<int:pk>/purge/", PurgeView.as_view(), name="purge"),
]
