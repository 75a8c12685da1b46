"""What translation adds to the admin; registrations only."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail_localize import wagtail_hooks as localize

from cms.editorial.roles import sees_translations
from cms.editorial.rule import is_translation
from cms.translation.access import locales_of
from cms.translation.panels import TranslationsPanel
from cms.translation.sending.parcel import may_send
from cms.translation.views.bulk import MoveAction, UnpublishAction
from cms.translation.views.desk import DeskItem, add_panel
from cms.translation.views.editor import edit_translation
from cms.translation.views.exchange import file_buttons
from cms.translation.views.glossary import glossary
from cms.translation.views.listing import pages_with_states, send_from_list
from cms.translation.views.sending import SendAction

hooks.register("before_edit_page", edit_translation, order=-10)
hooks.register("register_bulk_action", SendAction)
hooks.register("register_admin_viewset", lambda: glossary)
hooks.register("register_admin_viewset", lambda: pages_with_states)
hooks.register("page_side_panels", TranslationsPanel)


def take_away(hook_name: str, function) -> None:
    """Wagtail knows no way to take back what another application has registered."""
    known = hooks._hooks[hook_name]
    known[:] = [(found, order) for found, order in known if found is not function]


# Its buttons cost two queries for each row of a list; its report names drafts to everybody.
take_away("register_page_header_buttons", localize.page_listing_more_buttons)
take_away("register_page_listing_more_buttons", localize.page_listing_more_buttons)
take_away("register_reports_menu_item", localize.register_wagtail_localize2_report_menu_item)

hooks.register("register_page_listing_more_buttons", send_from_list)


@hooks.register("register_page_header_buttons")
def send_button(page, user, view_name=None, next_url=None):
    if not page.is_root() and may_send(page, user) and not is_translation(page):
        words = {"page": page.pk} | ({"next": next_url} if next_url else {})
        yield Button(
            _("Send to translators"),
            f"{reverse('send_to_translators')}?{urlencode(words)}",
            icon_name="wagtail-localize-language",
            priority=60,
        )


class MatrixItem(MenuItem):
    def is_shown(self, request):
        return sees_translations(request.user)


@hooks.register("register_reports_menu_item")
def matrix_item():
    address = reverse("translation_matrix")
    return MatrixItem(
        _("Translation matrix"), address, name="translation-matrix", icon_name="globe", order=115
    )


@hooks.register("insert_global_admin_css")
def states_css():
    return format_html('<link rel="stylesheet" href="{}">', static("translation/states.css"))


class SendingsItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("wagtail_localize.submit_translation")


@hooks.register("register_reports_menu_item")
def sendings_item():
    return SendingsItem(
        _("Sent to translators"),
        reverse("sendings"),
        name="sendings",
        icon_name="wagtail-localize-language",
        order=120,
    )


hooks.register("construct_homepage_panels", add_panel)


@hooks.register("register_admin_menu_item")
def desk_item():
    address = reverse("translation_desk")
    icon = "wagtail-localize-language"
    return DeskItem(_("Translations"), address, name="translations", icon_name=icon, order=150)


class FilesItem(MenuItem):
    def is_shown(self, request):
        return bool(locales_of(request.user))


@hooks.register("register_admin_menu_item")
def files_item():
    address = reverse("translation_exchange")
    return FilesItem(
        _("Translation files"), address, name="translation-files", icon_name="download", order=750
    )


hooks.register("register_page_header_buttons", file_buttons)

for action in (UnpublishAction, MoveAction):
    hooks.register("register_bulk_action", action, order=10)
