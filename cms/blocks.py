"""The one body of the site: every block with its fields, a preview and its template.

The shape of each block in the content API stands in `Block.shape()`, which gets the finished
values that `cms.models.links.Links` has loaded for the whole page at once.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.renditions import sizes

RICH_TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
INLINE_FEATURES = ["bold", "italic", "link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=160)

    def shape(self, value, links):
        return {"text": value["text"]}

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        preview_value = {"text": "What we learnt"}


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": RICH_TEXT_FEATURES} | kwargs)

    def shape(self, value, links):
        return {"html": links.html(value.source)}

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        preview_value = "<p>People who use a service know what it lacks.</p>"


class ImageBlock(blocks.StructBlock):
    """An image with the alt text that counts here, or marked as decorative."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alt text"),
        required=False,
        max_length=255,
        help_text=_("What the image tells here, for those who cannot see it."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative"),
        required=False,
        help_text=_("The image tells nothing that the text does not tell."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)

    def clean(self, value):
        value = super().clean(value)
        image = value.get("image")
        if image and not value.get("alt") and not value.get("decorative"):
            value["alt"] = image.description  # offered; the editor sees and changes it
        told = value.get("alt") or value.get("decorative")
        if not told and not self.is_deferred_validation:
            message = _("Write an alt text, or mark the image as decorative.")
            raise blocks.StructBlockValidationError({"alt": ValidationError(message)})
        return value

    def shape(self, value, links):
        image = value["image"]
        return {
            "alt": "" if value["decorative"] or not image else value["alt"],
            "caption": value["caption"],
            "credit": image.credit if image else "",
            "sizes": sizes(image) if image else {},
        }

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), rows=3)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=160)

    def shape(self, value, links):
        return {"text": value["text"], "source": value["source"]}

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
        preview_value = {"text": "Nothing about us without us.", "source": ""}


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)


class FiguresBlock(blocks.ListBlock):
    def __init__(self, **kwargs):
        super().__init__(FigureBlock(), **{"min_num": 1, "max_num": 6} | kwargs)

    def deconstruct(self):
        return blocks.Block.deconstruct(self)

    def deconstruct_with_lookup(self, lookup):
        return blocks.Block.deconstruct_with_lookup(self, lookup)

    def shape(self, value, links):
        return {"items": [{"value": row["value"], "label": row["label"]} for row in value]}

    class Meta:
        icon = "order"
        label = _("Figures")
        template = "blocks/figures.html"
        preview_value = [{"value": "26", "label": "micro projects"}]


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    def shape(self, value, links):
        return {"title": value["title"], "html": links.html(value["text"].source)}

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "blocks/callout.html"
        preview_value = {"title": "Good to know", "text": "<p>The files stay.</p>"}


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=160)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Or address"), required=False)

    def clean(self, value):
        value = super().clean(value)
        one = bool(value.get("page")) != bool(value.get("url"))
        if not one and not self.is_deferred_validation:
            message = _("Choose a page or give an address, one of the two.")
            raise blocks.StructBlockValidationError({"url": ValidationError(message)})
        return value


class LinksBlock(blocks.ListBlock):
    def __init__(self, **kwargs):
        super().__init__(LinkBlock(), **{"min_num": 1} | kwargs)

    def deconstruct(self):
        return blocks.Block.deconstruct(self)

    def deconstruct_with_lookup(self, lookup):
        return blocks.Block.deconstruct_with_lookup(self, lookup)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        links = context.get("links")
        rows = value.bound_blocks if links else ()
        context["items"] = [
            item | {"id": row.id} for row in rows for item in links.items([row.value])
        ]
        return context

    def shape(self, value, links):
        return {"items": links.items(value)}

    class Meta:
        icon = "link"
        label = _("Links")
        template = "blocks/links.html"


class TeaserBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        links = context.get("links")
        context["link"] = links.page(value["page"]) if links else None
        return context

    def shape(self, value, links):
        return {"page": links.page(value["page"])}

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Teaser of a page")
        template = "blocks/teaser.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE_FEATURES)


class StepsBlock(blocks.ListBlock):
    def __init__(self, **kwargs):
        super().__init__(StepBlock(), **{"min_num": 1} | kwargs)

    def deconstruct(self):
        return blocks.Block.deconstruct(self)

    def deconstruct_with_lookup(self, lookup):
        return blocks.Block.deconstruct_with_lookup(self, lookup)

    def shape(self, value, links):
        rows = [{"title": row["title"], "html": links.html(row["text"].source)} for row in value]
        return {"items": rows}

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"
        preview_value = [{"title": "Ask", "text": "<p>Find out what people need.</p>"}]


class VideoBlock(blocks.StructBlock):
    """A link to a video elsewhere; the page itself asks nothing of third parties."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    url = blocks.URLBlock(label=_("Address of the video"))
    description = blocks.TextBlock(label=_("What it shows"), required=False, rows=2)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        links = context.get("links")
        context["url"] = links.safe(value["url"]) if links else ""
        return context

    def shape(self, value, links):
        told = {key: value[key] for key in ("title", "description")}
        return told | {"url": links.safe(value["url"])}

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        preview_value = {"title": "The final conference", "url": "https://example.org/video"}


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = TextBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    figures = FiguresBlock()
    callout = CalloutBlock()
    links = LinksBlock()
    teaser = TeaserBlock()
    steps = StepsBlock()
    video = VideoBlock()

    def shapes(self, value, links) -> list[dict]:
        """[{"type": "heading", "id": "uuid", "value": {"text": "..."}}, ...]"""
        return [
            {"type": row.block_type, "id": row.id, "value": row.block.shape(row.value, links)}
            for row in value
        ]

    class Meta:
        required = False
