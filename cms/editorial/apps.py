from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "cms.editorial"
    label = "editorial"
    verbose_name = "Editorial work"

    def ready(self):
        from wagtail.permissions import page_permission_policy

        from cms.editorial.bin.policy import PolicyOutsideBin

        # Every list of the admin asks this one object, which nothing else can replace.
        page_permission_policy.__class__ = PolicyOutsideBin
