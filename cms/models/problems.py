"""What a content check finds wrong with the texts and images of a page."""

from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models.links import is_safe


def body_problems(body) -> list[str]:
    """What is wrong with a stream of the site's blocks, in words for its editor."""
    found: list[str] = []
    above = 1
    for block in body:
        level, name = LEVELS.get(block.block_type), block.block.label
        if level:
            above = level
        for html in _texts(block.value):
            found += text_problems(html, name)
            if "<h3" in html and above < SECTION:
                found.append(
                    _("“%(block)s”: a small heading stands before any large one.") % {"block": name}
                )
        found += _image_problems(block) if block.block_type == "image" else []
        found += _link_problems(block.value, name)
    return found


SECTION = 2
LEVELS = {"heading": SECTION, "callout": SECTION, "teaser": SECTION}
"""The blocks whose own heading stands right below that of the page."""


def text_problems(html: str, name) -> list[str]:
    """Links of a rich text that lead nowhere or say nothing."""
    found = []
    for link in BeautifulSoup(html, "lxml").find_all("a"):
        words = link.get_text(" ", strip=True)
        if not words:
            found.append(_("“%(block)s”: a link has no words.") % {"block": name})
        elif not _leads_somewhere(link):
            found.append(
                _("“%(block)s”: the link “%(words)s” leads nowhere.")
                % {"block": name, "words": words}
            )
    return found


def image_problems(image, name) -> list[str]:
    """A picture must say who made it."""
    if image is None or image.credit:
        return []
    return [_("“%(block)s”: the image has no credit.") % {"block": name}]


def _leads_somewhere(link) -> bool:
    if link.get("linktype") == "page":
        return link.get("id", "").isdigit() and Page.objects.filter(pk=link["id"]).exists()
    return bool(link.get("href")) and is_safe(link["href"])


def _image_problems(block) -> list[str]:
    value, name = block.value, block.block.label
    found = image_problems(value["image"], name)
    if value["image"] is None:
        found.append(_("“%(block)s”: the image is gone.") % {"block": name})
    elif not value["alt"] and not value["decorative"]:
        found.append(
            _("“%(block)s”: the image has no alt text and is not marked as decorative.")
            % {"block": name}
        )
    return found


def _link_problems(value, name) -> list[str]:
    rows = value if isinstance(value, Iterable) and not hasattr(value, "keys") else [value]
    empty = [
        row
        for row in rows
        if hasattr(row, "get") and "page" in row and not row["page"] and not row.get("url")
    ]
    return [_("“%(block)s”: a link leads nowhere.") % {"block": name} for _row in empty]


def _texts(value) -> Iterator[str]:
    """The rich texts in the value of a block, wherever they stand in it."""
    if hasattr(value, "source"):
        yield value.source
    elif hasattr(value, "values"):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for part in value:
            yield from _texts(part)
