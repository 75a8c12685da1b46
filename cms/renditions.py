"""The sizes in which images are shown, named once for templates and API."""

import logging

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

logger = logging.getLogger(__name__)
UNUSABLE = (SourceImageIOError, InvalidFilterSpecError, OSError)

SIZES = {
    "thumb": "fill-240x240|format-webp",
    "card": "fill-640x400|format-webp",
    "small": "width-480|format-webp",
    "medium": "width-800|format-webp",
    "large": "width-1440|format-webp",
    "social": "fill-1200x630|format-jpeg",
}


def made(image) -> dict:
    """{"thumb": Rendition, ...}: all sizes of an image, looked up once for each instance.

    Empty, and told in the log, where the image's file is lost or damaged: pages do without.
    """
    if not hasattr(image, "_sizes_made"):
        image._sizes_made = _make(image)
    return image._sizes_made


def _make(image) -> dict:
    try:
        found = image.get_renditions(*SIZES.values())
    except UNUSABLE as error:
        logger.warning("Image %s cannot be shown: %s", image.pk, error)
        return {}
    return {name: found[spec] for name, spec in SIZES.items()}


def sizes(image) -> dict:
    """{"thumb": {"url": "/media/images/x.webp", "width": 240, "height": 240}, "card": ...}

    Costs no query for an image whose renditions were loaded with `prefetch_related`.
    """
    return {
        name: {"url": rendition.url, "width": rendition.width, "height": rendition.height}
        for name, rendition in made(image).items()
    }
