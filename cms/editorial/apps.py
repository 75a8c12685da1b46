from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "cms.editorial"
    label = "editorial"
    verbose_name = "Editorial work"

    def ready(self):
        from cms.editorial import exports, mails, references  # noqa: F401

        exports.guard_exports()
        mails.silence_wagtail()
