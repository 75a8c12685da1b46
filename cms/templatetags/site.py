"""What templates need beside their page: the frame around it, finished links, image sizes."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from cms.choices import LANGUAGE_NAMES
from cms.delivery.frame import Frame
from cms.models.links import Links, rich_text_ids
from cms.renditions import made

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context) -> Frame:
    """{% frame as frame %}: menu, languages, breadcrumb and funding around this page or view."""
    request, page = context.get("request"), context.get("page")
    path = _view_path(request) if request and context.get("localised_view") else ""
    language = page.language if page else get_language()
    return Frame(language, page, path, context.get("elsewhere"))


def _view_path(request) -> str:
    """The address of a view that stands in every locale, with the words that were looked for."""
    query = request.GET.get("q", "")
    return request.path_info + (f"?{urlencode({'q': query})}" if query else "")


@register.simple_tag(takes_context=True)
def rich_text(context, value, *path) -> str:
    """{% rich_text page.who "who" %}: rich text with its links finished for the page's locale.

    What stands at the path and is not translated is marked with its language.
    """
    source = getattr(value, "source", value) or ""
    links, page = context.get("links"), context.get("page")
    if page and path:
        source = page.texts.marked(source, *path)
    if links is None:
        links = Links(rich_text_ids(source), page.locale_id if page else 0)
    # Links keeps the elements that our editor offers, and safe addresses only.
    return mark_safe(links.html(source, absolute=False))


@register.simple_tag(takes_context=True)
def lang(context, what, *path, text: str | None = None) -> str:
    """The attribute of an element whose text is in another language than what stands around it.

    {% lang page "title" %} asks a page for the language of its field, {% lang page "body" id
    "text" text=value.text %} for that of a part, {% lang item.title_language %} has it already.
    """
    language = _language(what, path, text)
    around = context.get("here") or getattr(context.get("frame"), "language", "")
    return format_html(' lang="{}"', language) if language and language != around else ""


def _language(what, path, text: str | None) -> str:
    if what and path:  # a block of a preview has no page
        found = getattr(what, path[0]) if len(path) == 1 and text is None else text
        return what.texts.language_of(found, *path)
    return what or ""


@register.simple_tag(takes_context=True)
def marked(context, text: str, what, *path) -> str:
    """A text that stands inside a sentence, in an element of its own where it needs `lang`."""
    attribute = lang(context, what, *path, text=text)
    return format_html("<span{}>{}</span>", attribute, text) if attribute else escape(text or "")


@register.simple_tag
def rendition(image, size: str):
    """{% rendition page.image "card" as card %}: .url, .width and .height of a named size.

    None where the image cannot be shown.
    """
    return made(image).get(size)


@register.simple_tag
def srcset(image) -> str:
    """{% srcset image %}: '/media/x.webp 480w, ...' of the sizes that keep the image's shape."""
    kept = [made(image).get(name) for name in ("small", "medium", "large")]
    return ", ".join(f"{size.url} {size.width}w" for size in kept if size)


@register.filter
def language_name(code: str) -> str:
    """'lv' gives 'latviešu': a language by its own name."""
    return LANGUAGE_NAMES.get(code, code)


@register.filter
def absolute(path: str) -> str:
    """'/de/x/' with the site's public address before it."""
    return settings.SITE_URL + path


@register.filter
def partial_date(text: str) -> str:
    """'2019-09' as 'September 2019', '2019-09-01' as a day, '2021' as it is."""
    parts = text.split("-")
    day = parse_date("-".join([*parts, "01"][:3]))
    if len(parts) == 1 or day is None:
        return text
    return date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")
