"""Wagtail's ways of deleting pages, all of which lead into the bin."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction

from cms.editorial.along import as_ticked, languages_of
from cms.editorial.bin.deleting import Deletion, NotDeletable, throw_away
from cms.editorial.models import BinEntry
from cms.editorial.models.bin import DAYS
from cms.editorial.rule import in_bin

UNDO = (
    '{} <span class="buttons"><button type="button" class="button button-small button-secondary"'
    ' data-controller="w-action" data-action="w-action#post" data-w-action-url-value="{}">{}'
    "</button></span>"
)
"""As Wagtail writes buttons that send something into its messages."""


def delete_page(request, page):
    """Answer Wagtail's delete view: ask, and on POST move the page into the bin."""
    if request.method != "POST":
        return _ask(request, page)
    parent = page.get_parent()
    try:
        with as_ticked(request):
            entry = throw_away(page, request.user)
    except NotDeletable as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_explore", parent.pk)
    message = _("“%(title)s” was moved to the bin.") % {"title": entry.title}
    offer_undo(request, message, [entry])
    next_url = get_valid_next_url_from_request(request)
    return redirect(next_url or reverse("wagtailadmin_explore", args=[parent.pk]))


def _ask(request, page):
    deletion = Deletion.of(page)
    try:
        deletion.check(request.user)
    except NotDeletable as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    context = {
        "page": page,
        "deletion": deletion,
        "days": DAYS,
        "links": deletion.links(),
        "next": get_valid_next_url_from_request(request),
        "header_title": _("Delete"),
    }
    return TemplateResponse(request, "editorial/bin/delete.html", context)


def offer_undo(request, message: str, entries: list[BinEntry]) -> None:
    """Tell what was deleted, with a button that takes it back."""
    url = f"{reverse('bin:undo')}?{urlencode({'id': [e.pk for e in entries]}, doseq=True)}"
    messages.success(request, format_html(UNDO, message, url, _("Undo")))


class BinBulkAction(DeleteBulkAction):
    """Several pages at once, each a deletion of its own that can be restored alone."""

    template_name = "editorial/bin/bulk_delete.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        going = [page for row in context["items"] for page in row["deletion"].translations]
        languages = languages_of(going)
        return context | {
            "days": DAYS,
            "is_protected": False,
            "translation_languages": languages,
        }

    def object_context(self, page):
        return super().object_context(page) | {"deletion": Deletion.of(page)}

    def check_perm(self, page):
        try:
            with as_ticked(self.request):
                Deletion.of(page).check(self.request.user)
        except NotDeletable:
            return False
        return True

    def prepare_action(self, objects, objects_without_access):
        """Nothing that names a page keeps it from the bin."""

    def get_execution_context(self):
        return super().get_execution_context() | {"request": self.request}

    @classmethod
    def execute_action(cls, objects, user=None, request=None, **kwargs):
        entries = []
        for page in objects:
            page.refresh_from_db()
            if not in_bin(page):  # it went with one of the others
                with as_ticked(request):
                    entries.append(throw_away(page, user))
        message = ngettext(
            "%(count)s page was moved to the bin.",
            "%(count)s pages were moved to the bin.",
            sum(entry.pages for entry in entries),
        ) % {"count": sum(entry.pages for entry in entries)}
        offer_undo(request, message, entries)
        return len(entries), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return None
