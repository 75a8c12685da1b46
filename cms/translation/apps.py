from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"
    verbose_name = "Translation"

    def ready(self):
        from cms.translation import integrity, languages, receivers, restrictions  # noqa: F401
