"""What only the API's tests need beside the makers of tests/make.py."""

from io import BytesIO
from uuid import UUID

from django.core.files.images import ImageFile
from wagtail.models import Page

from home.models import ContactPage, HomePage, KeyFactsPage, StandardPage
from news.models import NewsIndexPage
from partners.models import MicroProjectIndexPage, NetworkIndexPage, PartnerIndexPage
from publications.models import PublicationAuthor, PublicationIndexPage
from tests.make import (
    below_home,
    make_image,
    make_micro_project,
    make_network,
    make_news,
    make_partner,
    make_pdf,
    make_png,
    make_publication,
    make_recommendations,
    release,
)


def block(number: int, kind: str, value) -> dict:
    """A block of a body as it is stored, with an id that is the same in every run."""
    return {"type": kind, "id": str(UUID(int=number)), "value": value}


def make_harbour():
    """An image of 1600 x 1000 pixels, larger than every size that is made of it."""
    return make_image(file=ImageFile(BytesIO(make_png((1600, 1000))), name="harbour.png"))


def offered(*names: str) -> list[tuple[str, str, bytes]]:
    """offered("en", "de-pocket"): editions for `make_publication`, each with a file of its own."""
    pairs = (name.partition("-") for name in names)
    return [(language, variant, make_pdf()) for language, _sep, variant in pairs]


def with_author(page):
    """The publication, published with an organisation as its author."""
    page.authors.add(PublicationAuthor(name="Nordregio"))
    release(page.save_revision())
    return page


def make_one_of_each() -> dict[str, Page]:
    """{"news.NewsPage": page, ...}: one public page of every type of the site."""
    image = make_image()
    below = {StandardPage: "about", ContactPage: "contact", KeyFactsPage: "key-facts"}
    pages = [below_home(model, slug) for model, slug in below.items()]
    pages += [
        HomePage.objects.get(locale__language_code="en"),
        below_home(MicroProjectIndexPage, "micro-projects"),
        make_news(image=image, image_alt="Boats in a harbour"),
        make_partner(image=image, image_decorative=True),
        make_network(),
        make_micro_project(),
        make_publication(editions=offered("en")),
        make_recommendations(),
    ]
    indexes = [NewsIndexPage, PartnerIndexPage, NetworkIndexPage, PublicationIndexPage]
    pages += [model.objects.first() for model in indexes]
    return {page._meta.label: page for page in pages}


def fill(count: int) -> None:
    """So many more pages of four kinds, all of them with images of their own."""
    for _ in range(count):
        picture = {"image": make_image(), "image_alt": "Boats"}
        make_news(**picture)
        make_publication(editions=offered("en", "de"), **picture)
        make_partner(**picture)
        make_micro_project(**picture)
