"""The typed blocks of a page's body, one shape for each block of the site."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import BeforeValidator, Field

from cms.api.shapes import Address, ImageShape, LinkShape

Words = Annotated[str, BeforeValidator(lambda text: text or "")]
"""A text of a block; what nobody filled in is ""."""


class Block(Schema):
    id: str | None


class Text(Schema):
    text: Words


class Html(Schema):
    html: Words


class Quotation(Schema):
    text: Words
    source: Words


class CaptionedImage(ImageShape):
    alt: Words
    caption: Words


class Figure(Schema):
    value: Words
    label: Words


class Figures(Schema):
    items: list[Figure]


class TitledHtml(Schema):
    title: Words
    html: Words


class Steps(Schema):
    items: list[TitledHtml]


class LabelledLink(Schema):
    """A link with words of its own; `language` is "" for addresses elsewhere."""

    label: Words
    url: str
    path: str
    language: str


class LabelledLinks(Schema):
    items: list[LabelledLink]


class TeaserOf(Schema):
    page: LinkShape | None


class Video(Schema):
    title: Words
    url: Address
    description: Words


class HeadingShape(Block):
    type: Literal["heading"]
    value: Text


class TextShape(Block):
    type: Literal["text"]
    value: Html


class BodyImageShape(Block):
    type: Literal["image"]
    value: CaptionedImage


class QuoteShape(Block):
    type: Literal["quote"]
    value: Quotation


class FiguresShape(Block):
    type: Literal["figures"]
    value: Figures


class CalloutShape(Block):
    type: Literal["callout"]
    value: TitledHtml


class LinksShape(Block):
    type: Literal["links"]
    value: LabelledLinks


class TeaserShape(Block):
    type: Literal["teaser"]
    value: TeaserOf


class StepsShape(Block):
    type: Literal["steps"]
    value: Steps


class VideoShape(Block):
    type: Literal["video"]
    value: Video


BlockShape = Annotated[
    HeadingShape
    | TextShape
    | BodyImageShape
    | QuoteShape
    | FiguresShape
    | CalloutShape
    | LinksShape
    | TeaserShape
    | StepsShape
    | VideoShape,
    Field(discriminator="type"),
]


class Body(Schema):
    """{"body": [{"type": "heading", "id": "...", "value": {"text": "..."}}, ...]}"""

    body: list[BlockShape]
