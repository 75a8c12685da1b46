from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "cms.editorial"
    label = "editorial"
    verbose_name = "Editorial work"

    def ready(self):
        from wagtail import permissions
        from wagtail.admin import auth
        from wagtail.admin.api import views as admin_api
        from wagtail.models import Page

        from cms.editorial import receivers  # noqa: F401
        from cms.editorial.denials import permission_denied
        from cms.editorial.reading import ReadingPolicy, title_of
        from cms.editorial.rule import ReviewedPagePermissionTester

        auth.permission_denied = permission_denied

        # Wagtail's modules hold this one object; the API of the admin makes one of its own.
        permissions.page_permission_policy.__class__ = ReadingPolicy
        admin_api.PagePermissionPolicy = ReadingPolicy

        # Some of Wagtail's views ask a plain Page what it is called and who may do what with it.
        Page.get_admin_display_title = title_of
        Page.permissions_for_user = lambda page, user: ReviewedPagePermissionTester(user, page)
