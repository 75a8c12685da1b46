"""The admin's lists of pages, without the bin."""

from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.editorial.rule import BIN_PATH, in_bin, outside_bin


class PolicyOutsideBin(PagePermissionPolicy):
    """What Wagtail asks for the pages of somebody: explorer, search, reports, dashboard.

    Rights that a group has on a page in the bin itself lie dormant as long as it is there.
    """

    def get_all_permissions_for_user(self, user):
        found = super().get_all_permissions_for_user(user)
        return found.exclude(page__url_path__startswith=BIN_PATH)

    def instances_user_has_any_permission_for(self, user, actions):
        return outside_bin(super().instances_user_has_any_permission_for(user, actions))

    def explorable_instances(self, user):
        return outside_bin(super().explorable_instances(user))

    def user_has_any_permission_for_instance(self, user, actions, instance: Page):
        may = super().user_has_any_permission_for_instance(user, actions, instance)
        return may and not in_bin(instance)
