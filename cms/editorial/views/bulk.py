"""Bulk actions, refused where somebody may do them with none of what they name."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from wagtail.admin.views.bulk_action.dispatcher import index
from wagtail.admin.views.bulk_action.registry import bulk_action_registry


def bulk_action(request, app_label: str, model_name: str, action: str):
    """Wagtail leaves out what somebody has no right to, and says nothing where that is all."""
    known = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if request.method == "POST" and known:
        asked = known(request, apps.get_model(app_label, model_name))
        if not asked.get_actionable_objects()[0]:
            raise PermissionDenied
    return index(request, app_label, model_name, action)
