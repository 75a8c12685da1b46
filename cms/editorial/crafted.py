"""What no page of the admin ever sends, and Wagtail would hand on to the database as it is."""

import re

from django.core.exceptions import BadRequest
from django.http import Http404

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
LONGEST_NUMBER = 18
"""Digits; what is longer is no number of anything, and no database takes it."""
NUMBERS = ["pk", "object_id", "id", "p", "parent_page_id", "target_pages[]", "childOf"]
"""What is a number wherever an address holds it; every model of ours has one as its key."""
BLOCKS = "/admin/block-preview/"
"""Where `id` is the name of a block."""
MODEL = re.compile(r"\w+\.\w+")
NEEDED = {
    "/admin/choose-external-link/": ["external-link-chooser-url"],
    "/admin/redirects/import/process/": ["import_file_name", "input_format"],
}
"""Fields without which Wagtail's own check of the form fails."""


class CraftedMiddleware:
    """Answers 404 or 400 before anything looks up what an address or a form names."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path_info.startswith("/admin/"):
            check_words(request, kwargs)
            if request.method not in SAFE:
                check_form(request)


def check_words(request, kwargs: dict) -> None:
    """Refuse an address that no link of the admin leads to; raises Http404 or BadRequest."""
    if any(_is_endless(str(value)) for value in kwargs.values()):
        raise Http404
    said = [request.path, *request.GET, *(v for _, vs in request.GET.lists() for v in vs)]
    if any("\0" in word or _is_endless(word) for word in said):
        raise BadRequest("The address holds what is neither text nor a number.")
    numbers = [kwargs[name] for name in NUMBERS if isinstance(kwargs.get(name), str)]
    if not request.path.startswith(BLOCKS):
        numbers += [word for name in NUMBERS for word in request.GET.getlist(name) if word]
    every = {"all"} if _may_name_all(request) else set()
    if any(not word.isdecimal() and word not in every for word in numbers):
        raise Http404
    if not all(MODEL.fullmatch(name) for name in request.GET.getlist("create_model") if name):
        raise Http404


def check_form(request) -> None:
    """Refuse a form that no page of the admin sends."""
    if any("\0" in word for _, words in request.POST.lists() for word in words):
        raise BadRequest("The form holds what is no text.")
    if any(name not in request.POST for name in NEEDED.get(request.path, [])):
        raise BadRequest("The form is not complete.")


def _may_name_all(request) -> bool:
    """A bulk action may name all that a list shows, but never the whole tree of pages."""
    if not request.path.startswith("/admin/bulk/"):
        return False
    listed = request.GET.get("childOf") or request.GET.get("q")
    return bool(listed) or not request.path.startswith("/admin/bulk/wagtailcore/page/")


def _is_endless(word: str) -> bool:
    return word.lstrip("-").isdecimal() and len(word) > LONGEST_NUMBER
