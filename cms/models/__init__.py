"""The models that all rooms share."""

from cms.models.media import Document, Image, Rendition
from cms.models.pages import BasePage, BasePageQuerySet, BodyPage, IndexPage
from cms.models.shown import Teaser

__all__ = [
    "BasePage",
    "BasePageQuerySet",
    "BodyPage",
    "Document",
    "Image",
    "IndexPage",
    "Rendition",
    "Teaser",
]
