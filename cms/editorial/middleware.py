"""What is saved in the admin is saved wholly or not at all, and what is refused is written down."""

from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page

from cms.editorial.crafted import SAFE
from cms.editorial.log import REFUSED
from cms.editorial.reading import read_by
from cms.editorial.rule import Refused
from cms.models.tree import lock_tree

TREE = ("admin/pages/", "admin/localize/", "admin/bin/")
"""The parts of the admin in which pages come, go and change their place."""


class AdminTransactionMiddleware:
    """Runs each unsafe request to the admin in one transaction.

    It wraps the view and not the whole response: an exception would arrive there as a finished
    answer, and half of the work would be committed. Where the tree of pages may change, nobody
    else changes it meanwhile, and nothing of it is read before.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
            return self.get_response(request)
        with read_by(request.user):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in SAFE or not request.path_info.startswith("/admin/"):
            return None
        if not request.user.is_authenticated:  # signing in: hashing and mail need no lock
            return None
        # A slow upload must not hold the database: it is read before the transaction begins.
        request.POST, request.FILES  # noqa: B018
        user = get_user_model().objects.get(pk=request.user.pk)
        try:
            with transaction.atomic():
                if may_change_tree(request.resolver_match):
                    lock_tree()
                response = _answer(view, request, args, kwargs)
                refused = _is_refusal(request, response)
                transaction.set_rollback(refused)
        except Refused as refusal:
            response, refused = _tell(request, refusal, kwargs), True
        except PermissionDenied:  # what is asked for by a script is answered with 403
            _write_down(request, user, kwargs)
            raise
        except MultiValueDictKeyError as missing:
            raise BadRequest(f"The form has no {missing}.") from missing
        if refused:
            _write_down(request, user, kwargs)
        return response

    def process_exception(self, request, exception):
        """What is refused already when somebody only looks."""
        return _tell(request, exception, {}) if isinstance(exception, Refused) else None


def _is_refusal(request, response) -> bool:
    """Whether Wagtail, or the admin's API with a status of its own, has refused."""
    return getattr(request, "permission_denied", False) or response.status_code == 403


def may_change_tree(match) -> bool:
    """Whether a request to this address may create, move, rename, publish or delete pages."""
    if match.route.startswith("admin/bulk/"):
        return match.kwargs["model_name"] == "page"
    previews = (match.url_name or "").startswith("preview")
    return not previews and match.route.startswith(TREE)


def _answer(view, request, args, kwargs):
    response = view(request, *args, **kwargs)
    if hasattr(response, "render") and not response.is_rendered:
        response.render()
    return response


def _tell(request, refusal: Refused, kwargs: dict):
    """Why nothing was done, and the way to what has to be read again."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        back = _page_url(kwargs) or reverse("wagtailadmin_home")
        messages.error(request, str(refusal), buttons=_buttons(refusal))
        return JsonResponse({"step": "success", "redirect": back})
    if "application/json" in request.headers.get("accept", ""):
        return JsonResponse({"success": False, "error_message": str(refusal)}, status=403)
    messages.error(request, str(refusal), buttons=_buttons(refusal))
    return redirect(_page_url(kwargs) or "wagtailadmin_home")


def _buttons(refusal: Refused) -> list:
    page, read = getattr(refusal, "page", None), getattr(refusal, "read", None)
    if not page or not read or page.latest_revision_id == read.pk:
        return []
    place = [page.pk, read.pk, page.latest_revision_id]
    url = reverse("wagtailadmin_pages:revisions_compare", args=place)
    return [messages.button(url, _("See the difference"))]


def _page_url(kwargs: dict) -> str | None:
    page_id = kwargs.get("page_id")
    return reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else None


def _write_down(request, user, kwargs: dict) -> None:
    page = Page.objects.filter(pk=kwargs.get("page_id")).first()
    facts = {"what": f"{request.method} {request.path}"}
    log(page.specific if page else user, REFUSED, user=user, data=facts)
