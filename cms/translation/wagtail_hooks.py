"""What translation adds to the admin; registrations only."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.translation.views.desk import DeskItem, add_panel
from cms.translation.views.editor import edit_translation

hooks.register("before_edit_page", edit_translation, order=-10)
hooks.register("construct_homepage_panels", add_panel)


@hooks.register("register_admin_menu_item")
def desk_item():
    address = reverse("translation_desk")
    icon = "wagtail-localize-language"
    return DeskItem(_("Translations"), address, name="translations", icon_name=icon, order=150)
