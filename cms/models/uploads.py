"""The form of an image: what is half an image, or none, is refused with a message."""

from django.core.exceptions import ValidationError
from PIL import Image as PillowImage
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class WholeImageField(WagtailImageField):
    """Reads the whole picture before it is stored: a damaged one shows only when it is used."""

    def to_python(self, data):
        try:
            file = super().to_python(data)
            if file is not None:
                _load(file)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error
        return file


def _load(file) -> None:
    """Decode every pixel; raises OSError or SyntaxError where some are missing."""
    file.seek(0)
    with PillowImage.open(file) as picture:
        picture.load()
    file.seek(0)


class ImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("file")
        if field is not None:
            names = ("label", "required", "widget", "help_text")
            self.fields["file"] = WholeImageField(**{name: getattr(field, name) for name in names})
