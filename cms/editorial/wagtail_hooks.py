"""What the editorial workflow adds to Wagtail's admin."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from cms.editorial import log
from cms.editorial.bin import hooks as bin_hooks  # noqa: F401


class EmergencyMenuItem(ActionMenuItem):
    """In the editor's menu of actions, for administrators."""

    name = "emergency"
    label = _("Publish without review …")
    icon_name = "warning"

    def is_shown(self, context):
        return context["view"] == "edit" and context["request"].user.is_superuser

    def get_url(self, parent_context):
        return reverse("emergency", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def register_emergency_menu_item():
    return EmergencyMenuItem(order=90)


@hooks.register("before_create_page")
def refuse_to_create_published(request, parent_page, page_class):
    """Wagtail saves a draft where somebody asks for what they may not; that is told instead."""
    wanted = request.method == "POST" and request.POST.get("action-publish")
    if wanted and not parent_page.permissions_for_user(request.user).can_publish_subpage():
        raise PermissionDenied


@hooks.register("register_log_actions")
def register_log_actions(actions):
    log.register(actions)
