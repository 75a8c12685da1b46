"""What a content check finds, so that nobody has to look for it."""

import pytest

from home.models import HomePage, StandardPage
from partners.models import PartnerPage
from publications.models import PublicationPage
from tests.make import (
    make_image,
    make_news,
    make_page,
    make_partner,
    make_pdf,
    make_publication,
    make_recommendations,
)

pytestmark = pytest.mark.django_db


def block(kind: str, value) -> dict:
    return {"type": kind, "value": value, "id": "0b5e1a52-0000-4000-8000-000000000001"}


def found(*blocks) -> list[str]:
    page = make_page(HomePage.objects.get(), StandardPage, live=False, body=list(blocks))
    return [str(problem) for problem in page.problems()]


def test_a_page_in_order_has_no_problem(site):
    image = make_image()
    body = [
        block("heading", {"text": "First"}),
        block("text", '<h3>Then</h3><p><a href="https://a.example/">there</a></p>'),
        block("image", {"image": image.pk, "alt": "A ferry", "decorative": False, "caption": ""}),
        block("links", [{"label": "x", "page": site.pk, "url": ""}]),
    ]
    assert found(*body) == []


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ('<p><a href="">there</a></p>', "“Text”: the link “there” leads nowhere."),
        ("<p><a>there</a></p>", "“Text”: the link “there” leads nowhere."),
        ('<p><a linktype="page" id="99999">x</a></p>', "“Text”: the link “x” leads nowhere."),
        ('<p><a href="javascript:alert(1)">x</a></p>', "“Text”: the link “x” leads nowhere."),
        ('<p><a href="https://a.example/"> </a></p>', "“Text”: a link has no words."),
        ("<h3>Small</h3>", "“Text”: a small heading stands before any large one."),
    ],
)
def test_it_names_what_is_wrong_with_a_text(site, html, problem):
    assert found(block("text", html)) == [problem]


def test_it_looks_into_every_block(site):
    link = '<p><a href="">there</a></p>'
    assert found(block("callout", {"title": "", "text": link})) == [
        "“Call-out”: the link “there” leads nowhere."
    ]
    assert found(block("steps", [{"title": "Ask", "text": link}])) == [
        "“Steps”: the link “there” leads nowhere."
    ]
    assert found(block("links", [{"label": "x", "page": None, "url": ""}])) == [
        "“Links”: a link leads nowhere."
    ]
    assert found(block("teaser", {"page": None})) == ["“Teaser of a page”: a link leads nowhere."]


def test_it_names_images_that_say_nothing_or_nobody_made(site):
    image = make_image(credit="")
    value = {"image": image.pk, "alt": "", "decorative": False, "caption": ""}
    assert found(block("image", value)) == [
        "“Image”: the image has no credit.",
        "“Image”: the image has no alt text and is not marked as decorative.",
    ]
    news = make_news(image=image, live=False)
    assert [str(problem) for problem in news.problems()] == [
        "“Image”: the image has no credit.",
        "The image has no alt text and is not marked as decorative.",
    ]


def test_a_partner_profile_is_read_to_the_last_text(site):
    partner: PartnerPage = make_partner(
        logo=make_image(credit=""), why='<p><a href="">us</a></p>', live=False
    )
    assert [str(problem) for problem in partner.problems()] == [
        "“Logo”: the image has no credit.",
        "“why they take part”: the link “us” leads nowhere.",
    ]


def test_a_publication_needs_a_licence_and_an_edition(site):
    page: PublicationPage = make_publication(live=False)
    assert [str(problem) for problem in page.problems()] == [
        "The licence is missing: nobody knows what they may do with it.",
        "There is no edition whose file is ready.",
    ]
    whole = make_publication(
        licence="cc-by-4.0", editions=[("en", "", make_pdf())], live=False
    ).get_latest_revision_as_object()
    assert whole.problems() == []


def test_each_recommendation_is_read(site):
    page = make_recommendations(rows=[{"text": "<p><a>x</a></p>", "title": "Ask"}], live=False)
    assert "“Ask”: the link “x” leads nowhere." in [
        str(problem) for problem in page.get_latest_revision_as_object().problems()
    ]
