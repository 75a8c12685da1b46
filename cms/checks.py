"""Conventions that a newcomer would miss, told whenever the project is checked."""

from django.apps import apps
from django.core import checks
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.models import PanelPlaceholder
from wagtail_localize.fields import get_translatable_fields

from cms.models import BasePage


def page_types() -> list[type[BasePage]]:
    """Every page type of the site."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


@checks.register
def every_page_type_has_a_template(app_configs, **kwargs):
    return [
        checks.Error(
            f"{model.__name__} has no template.",
            hint=f"Write templates/{model.template}.",
            obj=model,
            id="cms.E001",
        )
        for model in page_types()
        if not _has_template(model)
    ]


def _has_template(model) -> bool:
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        return False
    return True


@checks.register
def every_page_type_has_an_api_shape(app_configs, **kwargs):
    return [
        checks.Error(
            f"{model.__name__} has no shape for the content API.",
            hint="Write shape(), and what it answers into the room's api.py.",
            obj=model,
            id="cms.E002",
        )
        for model in page_types()
        if model.shape is BasePage.shape
    ]


@checks.register
def every_translatable_field_has_a_panel(app_configs, **kwargs):
    """A translatable field without a panel vanishes from the translation editor."""
    return [
        checks.Error(
            f"{model.__name__}.{name} is translatable and has no panel.",
            hint="Add it to the panels, or keep it alike in all locales with SynchronizedField.",
            obj=model,
            id="cms.E003",
        )
        for model in page_types()
        for name in _translatable(model) - _in_panels(model)
    ]


def _translatable(model) -> set[str]:
    fields = get_translatable_fields(model)
    return {field.field_name for field in fields if field.is_translated(None)}


def _in_panels(model) -> set[str]:
    names: set[str] = set()
    for panel in model.content_panels + model.promote_panels + model.settings_panels:
        _collect(panel, names)
    return names


def _collect(panel, names: set[str]) -> None:
    if isinstance(panel, str):
        names.add(panel)
    if isinstance(panel, PanelPlaceholder):
        panel = panel.construct()
    names |= {getattr(panel, key) for key in ("field_name", "relation_name") if hasattr(panel, key)}
    for child in getattr(panel, "children", ()):
        _collect(child, names)
