from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "cms.editorial"
    label = "editorial"
    verbose_name = "Editorial work"

    def ready(self):
        from cms.editorial import (  # noqa: F401
            denials,
            exports,
            mails,
            media,
            reading,
            receivers,
            references,
        )
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

        reading.let_the_admin_ask()
        denials.mark_denials()
        exports.guard_exports()
        mails.silence_wagtail()
