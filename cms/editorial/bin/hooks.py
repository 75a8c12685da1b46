"""Where the bin meets Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from cms.editorial.bin import doors, views
from cms.editorial.rule import outside_bin

hooks.register("before_delete_page", doors.delete_page)
hooks.register("register_bulk_action", doors.BinBulkAction, order=10)


@hooks.register("register_admin_urls")
def register_bin_urls():
    return [path("bin/", include((views.urlpatterns, "bin")))]


class BinMenuItem(MenuItem):
    def is_shown(self, request):
        actions = views.BinView.any_permission_required
        return page_permission_policy.user_has_any_permission(request.user, actions)


@hooks.register("register_reports_menu_item")
def register_bin_menu_item():
    return BinMenuItem(_("Bin"), reverse("bin:index"), name="bin", icon_name="bin", order=1200)


@hooks.register("construct_explorer_page_queryset")
def explore_outside_bin(parent_page, pages, request):
    return outside_bin(pages)


@hooks.register("construct_page_chooser_queryset")
def choose_outside_bin(pages, request):
    return outside_bin(pages)
