from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "cms.editorial"
    label = "editorial"
    verbose_name = "Editorial work"

    def ready(self):
        from cms.editorial.integrity import (  # noqa: F401
            addresses,
            drafts,
            files,
            records,
            reviews,
            schedules,
            texts,
            tree,
        )
