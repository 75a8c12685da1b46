"""The form behind every page: a draft may be unfinished, what goes out may not."""

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms.models.locales import names_of


class BasePageForm(WagtailAdminPageForm):
    """Offers an image's description as alt text; asks for one when the page goes out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slug = self.fields.get("slug")
        languages = _languages_of_translations(self.instance) if slug else ""
        if languages:
            words = _("A new address holds in all languages, and the old ones lead to it:")
            slug.help_text = format_lazy("{} {} {}.", slug.help_text, words, languages)

    def clean(self):
        cleaned = super().clean()
        image = cleaned.get("image")
        if image and not cleaned.get("image_alt") and not cleaned.get("image_decorative"):
            cleaned["image_alt"] = image.description  # offered; the editor sees and changes it
        told = cleaned.get("image_alt") or cleaned.get("image_decorative")
        if cleaned.get("image") and not told and not self.is_deferred_validation:
            self.add_error("image_alt", _("Write an alt text, or mark the image as decorative."))
        self._check_schedule(cleaned)
        return cleaned

    def _check_schedule(self, cleaned) -> None:
        """Wagtail looks at the expiry only; a start that has passed may stay, but not be chosen."""
        start, end = cleaned.get("go_live_at"), cleaned.get("expire_at")
        if start and start < timezone.now() and not _same_minute(start, self.initial):
            self.add_error(
                "go_live_at",
                _("This time has passed; choose a later one or leave it empty."),
            )
        if start and start == end:
            self.add_error("expire_at", _("The page would expire at the moment it goes live."))


def _same_minute(start, initial: dict) -> bool:
    """The editor shows no seconds, so what comes back unchanged has lost them."""
    before = initial.get("go_live_at")
    return before is not None and before.replace(second=0, microsecond=0) == start


def _languages_of_translations(page) -> str:
    """'Deutsch, eesti'; "" for a new page, and for home pages, whose slug nobody sees."""
    if not page.pk or page.depth <= 2:
        return ""
    return names_of(page.get_translations().values_list("locale_id", flat=True))
