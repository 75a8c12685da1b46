"""The form behind every page: a draft may be unfinished, what goes out may not."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class BasePageForm(WagtailAdminPageForm):
    """Offers an image's description as alt text; asks for one when the page goes out."""

    def clean(self):
        cleaned = super().clean()
        image = cleaned.get("image")
        if image and not cleaned.get("image_alt") and not cleaned.get("image_decorative"):
            cleaned["image_alt"] = image.description  # offered; the editor sees and changes it
        told = cleaned.get("image_alt") or cleaned.get("image_decorative")
        if cleaned.get("image") and not told and not self.is_deferred_validation:
            self.add_error("image_alt", _("Write an alt text, or mark the image as decorative."))
        return cleaned
