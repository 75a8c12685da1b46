"""Images and documents with what the public must be told about them: credit and licence."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.choices import LICENCES


class Credited(models.Model):
    """A file that somebody made, under terms that somebody set."""

    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made it; shown to visitors.")
    )
    licence = models.CharField(_("licence"), max_length=30, blank=True, choices=LICENCES)

    class Meta:
        abstract = True


class Image(Credited, AbstractImage):
    """A picture; its description is what the editor is offered as alt text at each use."""

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    tags = TaggableManager(
        verbose_name=_("tags"), blank=True, related_name="cms_images"
    )  # "image_set" is taken by Wagtail's own model

    @property
    def default_alt_text(self):
        return self.description

    class Meta(AbstractImage.Meta):
        default_related_name = "cms_images"
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]


class Document(Credited, AbstractDocument):
    tags = TaggableManager(verbose_name=_("tags"), blank=True, related_name="cms_documents")

    admin_form_fields = ("title", "file", "credit", "licence", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        default_related_name = "cms_documents"
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
