"""A site in which every state of a translation is to be found, with numbers counted by hand."""

from wagtail.models import Page

from cms.editorial.along import keeping_translations
from home.models import StandardPage
from tests.make import make_page, publish, translate
from tests.people import current

BLOCK = "11111111-1111-4111-8111-111111111111"
BODY = "<p>One two three.</p><p>Four <b>five</b> six seven.</p>"
"""Seven words; a title of one word beside it makes eight."""


def make_text(parent: Page, title: str, **fields) -> StandardPage:
    """A page with three texts: its title and two paragraphs."""
    body = [{"type": "text", "id": BLOCK, "value": BODY}]
    values = {"title": title, "slug": title.lower(), "body": body} | fields
    return make_page(parent, StandardPage, **values)


def make_every_state(home: Page) -> dict[str, Page]:
    """{"live": the source whose German translation is up to date, ...}, an English page each.

    "original" is a German page without a source.
    """
    pages = {name: make_text(home, name.capitalize()) for name in ("missing", "live", "partial")}
    pages |= {name: make_text(home, name.capitalize()) for name in ("outdated", "orphaned")}
    translate(pages["live"], "de")
    translate(pages["partial"], "de", leave=["body"])
    translate(pages["outdated"], "de")
    publish(pages["outdated"], title="Outdated for long")
    translate(pages["orphaned"], "de")
    with keeping_translations():
        current(pages["orphaned"]).unpublish()
    german = Page.objects.get(depth=2, locale__language_code="de")
    pages["original"] = make_text(german, "Original")
    return pages
