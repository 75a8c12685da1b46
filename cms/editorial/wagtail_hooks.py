"""What the editorial workflow adds to Wagtail's admin."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from cms.editorial import log
from cms.editorial.reading import choosable
from cms.editorial.views.translations import guard_translation_editor


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


@hooks.register("before_edit_page", order=-10)
def guard_translations(request, page):
    guard_translation_editor(request, page)


@hooks.register("before_move_page")
def refuse_to_ask(request, page, destination):
    """Wagtail asks whether somebody is sure before it looks whether they may."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choose_what_one_may_read(pages, request):
    return choosable(pages, request.user)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    log.register(actions)
