from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "cms.editorial"
    label = "editorial"
    verbose_name = "Editorial work"

    def ready(self):
        from wagtail import permissions
        from wagtail.admin import auth
        from wagtail.models import Page

        from cms.editorial import receivers  # noqa: F401
        from cms.editorial.bin.policy import PolicyOutsideBin
        from cms.editorial.denials import permission_denied
        from cms.editorial.rule import ReviewedPagePermissionTester

        auth.permission_denied = permission_denied

        # Some of Wagtail's views ask a plain Page what somebody may do with it.
        Page.permissions_for_user = lambda page, user: ReviewedPagePermissionTester(user, page)

        # Every list of the admin asks this one object, which nothing else can replace.
        permissions.page_permission_policy.__class__ = PolicyOutsideBin
