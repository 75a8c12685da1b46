"""What the editorial workflow adds to the admin; registrations only."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from cms.editorial import dashboard, log
from cms.editorial.bin import hooks as bin_hooks  # noqa: F401
from cms.editorial.reading import choosable
from cms.editorial.reports.emergencies import EmergenciesView
from cms.editorial.reports.pages import BrokenView, ScheduledView, UntouchedView
from cms.editorial.reports.reviews import ReviewsView
from cms.editorial.views.files import DocumentsDeleteAction, ImagesDeleteAction
from cms.editorial.views.menu import EmergencyMenuItem

REPORTS = {
    "reviews": ReviewsView,
    "emergencies": EmergenciesView,
    "scheduled": ScheduledView,
    "untouched": UntouchedView,
}

hooks.register("construct_homepage_panels", dashboard.start_from_role)
hooks.register("register_log_actions", log.register)


@hooks.register("register_admin_urls")
def report_addresses():
    pages = [
        address
        for name, view in REPORTS.items()
        for address in (
            path(f"reports/{name}/", view.as_view(), name=f"editorial_{name}"),
            path(
                f"reports/{name}/results/",
                view.as_view(results_only=True),
                name=f"editorial_{name}_results",
            ),
        )
    ]
    return [*pages, path("reports/broken/", BrokenView.as_view(), name="editorial_broken")]


@hooks.register("register_reports_menu_item")
def reviews_item():
    address = reverse("editorial_reviews")
    return MenuItem(_("All reviews"), address, name="reviews", icon_name="tasks", order=100)


class EmergenciesItem(MenuItem):
    def is_shown(self, request):
        return page_permission_policy.user_has_permission(request.user, "publish")


@hooks.register("register_reports_menu_item")
def emergencies_item():
    address = reverse("editorial_emergencies")
    return EmergenciesItem(
        _("Emergency publications"), address, name="emergencies", icon_name="warning", order=110
    )


@hooks.register("register_page_action_menu_item")
def register_emergency_menu_item():
    return EmergencyMenuItem(order=90)


@hooks.register("before_create_page")
def refuse_to_create_published(request, parent_page, page_class):
    """Wagtail saves a draft where somebody asks for what they may not; that is told instead."""
    wanted = request.method == "POST" and request.POST.get("action-publish")
    if wanted and not parent_page.permissions_for_user(request.user).can_publish_subpage():
        raise PermissionDenied


for action in (ImagesDeleteAction, DocumentsDeleteAction):
    hooks.register("register_bulk_action", action, order=10)


@hooks.register("before_move_page")
def refuse_to_ask(request, page, destination):
    """Wagtail asks whether somebody is sure before it looks whether they may."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choose_what_one_may_read(pages, request):
    return choosable(pages, request.user)
