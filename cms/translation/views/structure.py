"""Unpublishing, moving and restricting a page in the admin, with its translations or without."""

import json

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseForbidden, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views import page_privacy
from wagtail.admin.views.pages import move, ordering
from wagtail.admin.views.pages.unpublish import Unpublish
from wagtail.models import Page

from cms.editorial.along import as_ticked, languages_of
from cms.editorial.rule import Refused
from cms.translation import places, structure


class UnpublishView(Unpublish):
    template_name = "translation/confirm_unpublish.html"

    def unpublish(self):
        with as_ticked(self.request):
            return super().unpublish()

    def get_context_data(self, **kwargs):
        languages = languages_of(structure.live_translations(self.object))
        return super().get_context_data(translation_languages=languages, **kwargs)


class ChooseDestinationView(move.MoveChooseDestination):
    def dispatch(self, request, *args, **kwargs):
        return _sent_to_source(request, self.page_to_move) or super().dispatch(
            request, *args, **kwargs
        )


def _sent_to_source(request, page):
    """Where a translation goes along with its source: the way to that one, and why."""
    source = structure.followed(page)
    if source is None:
        return None
    messages.error(request, places.FOLLOWS)
    return redirect("wagtailadmin_explore", source.get_parent().pk)


def move_confirm(request, page_to_move_id: int, destination_id: int):
    """Wagtail's own, which is told what stands in the way in other languages before it asks."""
    page = get_object_or_404(Page, pk=page_to_move_id)
    destination = get_object_or_404(Page, pk=destination_id)
    with as_ticked(request):
        if page.permissions_for_user(request.user).can_move_to(destination):
            if sent := _sent_to_source(request, page):
                return sent
            if problem := _problem(page, destination):
                messages.error(request, problem)
                return redirect("wagtailadmin_pages:move", page.pk)
        response = move.move_confirm(request, page_to_move_id, destination_id)
    if isinstance(response, TemplateResponse):
        response.template_name = "translation/confirm_move.html"
        response.context_data = (response.context_data or {}) | {
            "translation_languages": languages_of(structure.travellers(page)),
            "drafts": places.missing(page, destination),
        }
    return response


def _problem(page, destination) -> str:
    try:
        places.check_move(page, destination)
    except Refused as refusal:
        return str(refusal)
    return ""


def set_page_position(request, page_to_move_id: int):
    """The list in which somebody has dragged a page reads the status alone."""
    page = get_object_or_404(Page, pk=page_to_move_id)
    if request.method == "POST" and structure.followed(page):
        messages.error(request, places.FOLLOWS)
        return HttpResponseForbidden(places.FOLLOWS)
    return ordering.set_page_position(request, page_to_move_id)


def set_privacy(request, page_id: int):
    """Wagtail's own, which says for which languages it holds; a translation's is its source's."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_set_view_restrictions():
        raise PermissionDenied
    source = structure.source_of(page)
    if source and request.method != "POST":
        words = {"source": source.specific_deferred}
        return render_modal_workflow(request, "translation/privacy_of_source.html", None, words)
    answer = page_privacy.set_privacy(request, page_id)
    languages = languages_of(page.get_translations())
    shown = json.loads(answer.content) if isinstance(answer, JsonResponse) else {}
    if "html" not in shown or not languages:
        return answer
    note = render_to_string("translation/privacy_note.html", {"languages": languages})
    return JsonResponse(shown | {"html": note + shown["html"]})
