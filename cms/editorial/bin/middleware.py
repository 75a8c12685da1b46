"""No address of the admin opens a page that is in the bin."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.editorial.rule import BIN_PATH

NAMED_PAGES = ["page_id", "parent_page_id", "page_to_move_id", "destination_id"]


class BinMiddleware:
    """Leads whoever follows an old link to a deleted page to the bin, where it can be restored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith("/admin/") or not request.user.has_perm(
            "wagtailadmin.access_admin"
        ):
            return None
        named = [kwargs[name] for name in NAMED_PAGES if kwargs.get(name)]
        binned = Page.objects.filter(url_path__startswith=BIN_PATH, pk__in=named)
        if not named or not binned.exists():
            return None
        messages.error(request, _("This page is in the bin. Restore it first."))
        return redirect("bin:index")
