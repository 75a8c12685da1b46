"""What is saved in the admin is saved wholly or not at all."""

from django.db import transaction

from cms.models.tree import lock_tree

TREE_NAMESPACES = {"wagtailadmin_pages", "wagtail_localize", "bin"}
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


class AdminTransactionMiddleware:
    """Runs each unsafe request to the admin in one transaction.

    It wraps the view and not the whole response: an exception would arrive there as a finished
    answer, and half of the work would be committed. Where the tree of pages may change, nobody
    else changes it meanwhile, and nothing of it is read before.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in SAFE or not request.path_info.startswith("/admin/"):
            return None
        if not request.user.is_authenticated:  # signing in: hashing and mail need no lock
            return None
        # A slow upload must not hold the database: it is read before the transaction begins.
        request.POST, request.FILES  # noqa: B018
        with transaction.atomic():
            if may_change_tree(request.resolver_match):
                lock_tree()
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        return response


def may_change_tree(match) -> bool:
    """Whether a request to this address may create, move, rename, publish or delete pages."""
    if match.url_name == "wagtail_bulk_action":
        return match.kwargs["model_name"] == "page"
    previews = (match.url_name or "").startswith("preview")
    return not previews and bool(TREE_NAMESPACES & set(match.namespaces))
