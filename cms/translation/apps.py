from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"
    verbose_name = "Translation"

    def ready(self):
        from cms.translation import (  # noqa: F401
            drift,
            integrity,
            languages,
            receivers,
            restrictions,
        )
