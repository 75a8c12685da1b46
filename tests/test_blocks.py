"""Every block of the body, on a public page and in the content API."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError

from cms.blocks import BodyBlock
from cms.models import Image
from home.models import StandardPage
from tests.make import make_image, make_page, make_publication

pytestmark = pytest.mark.django_db

BLOCKS = BodyBlock().child_blocks
RICH = "<p>Ask <b>first</b>.</p>"

EXAMPLES = {
    "heading": ({"text": "What we learnt"}, "h2", "What we learnt"),
    "text": (RICH, "p b", "first"),
    "quote": ({"text": "Nothing about us.", "source": "A proverb"}, "blockquote", "Nothing"),
    "figures": ([{"value": "26", "label": "micro projects"}], "dl dd", "26"),
    "callout": ({"title": "Good to know", "text": RICH}, ".callout h2", "Good to know"),
    "links": ([{"label": "Read", "page": None, "url": "https://a.example/"}], "li a", "Read"),
    "steps": ([{"title": "Begin", "text": RICH}], "ol.steps", "Begin"),
    "video": (
        {"title": "The film", "url": "https://a.example/film", "description": "A walk."},
        "a[href='https://a.example/film']",
        "The film",
    ),
}
"""A value of each block, where it is found on the page, and what stands there."""


def page_with(site, kind: str, value):
    body = [{"type": kind, "id": "11111111-1111-4111-8111-111111111111", "value": value}]
    return make_page(site, StandardPage, body=body)


def shown(client, page) -> BeautifulSoup:
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml").select_one("main")


def shape_of(page) -> dict:
    [row] = StandardPage.objects.get(pk=page.pk).shape()["body"]
    return row["value"]


def test_every_block_has_an_example_here():
    assert set(EXAMPLES) | {"image", "teaser"} == set(BLOCKS)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_block_is_shown_on_the_page(site, client, kind):
    value, place, words = EXAMPLES[kind]
    found = shown(client, page_with(site, kind, value)).select(place)
    assert any(words in tag.get_text() for tag in found)


@pytest.mark.parametrize("kind", [name for name, block in BLOCKS.items() if block.is_previewable])
def test_a_block_can_be_previewed_in_the_chooser_of_blocks(site, admin_client, kind):
    block = StandardPage._meta.get_field("body").stream_block.child_blocks[kind]
    url = reverse("wagtailadmin_block_preview")
    response = admin_client.get(url, {"id": block.definition_prefix})
    assert response.status_code == 200


def test_an_image_is_shown_with_its_words_caption_and_credit(site, client):
    image = make_image(credit="A. Person")
    value = {"image": image.pk, "alt": "A harbour", "decorative": False, "caption": "Spring"}
    page = page_with(site, "image", value)
    figure = shown(client, page).select_one("figure")
    assert figure.img["alt"] == "A harbour"
    assert "Spring" in figure.figcaption.get_text()
    assert "A. Person" in figure.figcaption.get_text()
    shape = shape_of(page)
    assert (shape["alt"], shape["caption"], shape["credit"]) == ("A harbour", "Spring", "A. Person")


def test_a_decorative_image_has_an_empty_alt_text(site, client):
    value = {"image": make_image().pk, "alt": "Not read", "decorative": True, "caption": ""}
    page = page_with(site, "image", value)
    assert shown(client, page).select_one("figure img")["alt"] == ""
    assert shape_of(page)["alt"] == ""


def test_an_image_that_was_lost_leaves_the_page_standing(site, client):
    """Nobody can delete an image in use; a database can lose its row."""
    image = make_image()
    value = {"image": image.pk, "alt": "A harbour", "decorative": False, "caption": "Spring"}
    page = page_with(site, "image", value)
    Image.objects.filter(pk=image.pk)._raw_delete("default")
    assert shown(client, page).select("figure") == []
    assert shape_of(page)["sizes"] == {}


def test_a_teaser_shows_title_and_description_of_the_page(site, client):
    work = make_publication(title="Handbook", slug="handbook", search_description="For all.")
    page = page_with(site, "teaser", {"page": work.pk})
    card = shown(client, page).select_one(".card")
    assert card.a["href"] == work.url
    assert (card.a.get_text(), card.p.get_text()) == ("Handbook", "For all.")
    assert shape_of(page)["page"].introduction == "For all."


def test_a_teaser_of_a_deleted_page_shows_nothing(site, client):
    other = make_page(site, StandardPage)
    page = page_with(site, "teaser", {"page": other.pk})
    other.delete()
    assert shown(client, page).select(".card") == []
    assert shape_of(page) == {"page": None}


def test_a_video_loads_nothing_from_elsewhere(site, client):
    page = page_with(site, "video", EXAMPLES["video"][0])
    assert shown(client, page).select("iframe, video, img, script, object, embed") == []


def clean(kind: str, value):
    """What the editor's form makes of a block's value."""
    block = BodyBlock()
    return block.clean(block.to_python([{"type": kind, "value": value}]))


@pytest.mark.parametrize(
    ("alt", "decorative", "good"),
    [("A harbour", False, True), ("", True, True), ("", False, False), ("  ", False, False)],
)
def test_an_image_needs_an_alt_text_or_is_decorative(site, alt, decorative, good):
    value = {"image": make_image().pk, "alt": alt, "decorative": decorative, "caption": ""}
    if good:
        assert clean("image", value)[0].value["decorative"] is decorative
    else:
        with pytest.raises(StreamBlockValidationError):
            clean("image", value)


@pytest.mark.parametrize("both", [True, False])
def test_a_link_leads_to_a_page_or_to_an_address(site, both):
    row = {"label": "x", "page": site.pk, "url": "https://a.example/"}
    value = [row if both else {"label": "x", "page": None, "url": ""}]
    with pytest.raises(StreamBlockValidationError):
        clean("links", value)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "nonsense"])
@pytest.mark.parametrize("kind", ["links", "video"])
def test_the_editor_refuses_an_address_that_is_none(site, kind, url):
    row = {"label": "x", "page": None, "title": "x", "url": url}
    with pytest.raises(StreamBlockValidationError):
        clean(kind, [row] if kind == "links" else row)


def test_blocks_keep_their_ids_in_the_api(site):
    page = page_with(site, "heading", {"text": "What we learnt"})
    [row] = page.shape()["body"]
    assert row["id"] == "11111111-1111-4111-8111-111111111111"
    assert row["value"] == {"text": "What we learnt"}
