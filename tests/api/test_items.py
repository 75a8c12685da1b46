"""Each page type's whole answer, as it is laid down in tests/expected/."""

from datetime import date

import pytest
from wagtail.models import get_page_models

from cms.api.routes import kinds
from cms.blocks import BodyBlock
from cms.models import BasePage
from home.models import KeyFactsPage
from tests.api.content import block, make_harbour, make_one_of_each, offered, with_author
from tests.make import (
    make_micro_project,
    make_network,
    make_news,
    make_page,
    make_partner,
    make_publication,
    make_recommendations,
    translate,
)

pytestmark = pytest.mark.django_db


def test_every_page_type_has_a_kind():
    ours = {model._meta.label for model in get_page_models() if issubclass(model, BasePage)}
    assert ours == set(kinds.labels())


def test_every_block_has_a_shape_and_its_links_and_images_are_absolute(home, get, expect):
    image = make_harbour()
    about = make_partner(title="Nordregio", slug="nordregio")
    body = [
        block(1, "heading", {"text": "What we learnt"}),
        block(2, "text", f'<p>See <a linktype="page" id="{about.pk}">Nordregio</a>.</p>'),
        block(3, "image", {"image": image.pk, "alt": "A harbour", "caption": "Spring"}),
        block(4, "quote", {"text": "Nothing about us without us.", "source": ""}),
        block(5, "figures", [{"value": "26", "label": "micro projects"}]),
        block(6, "callout", {"title": "Good to know", "text": "<p>The files stay.</p>"}),
        block(7, "links", [{"label": "Partner", "page": about.pk, "url": ""}]),
        block(8, "teaser", {"page": about.pk}),
        block(9, "steps", [{"title": "Ask", "text": "<p>What is needed.</p>"}]),
        block(10, "video", {"title": "Film", "url": "https://example.org/v", "description": ""}),
    ]
    assert [row["type"] for row in body] == list(BodyBlock().child_blocks)
    page = make_news(title="All blocks", slug="all-blocks", body=body)
    expect("blocks", get(f"news/{page.pk}")["body"])


def test_home_page(home, get, expect):
    expect("home", get(f"pages/{home.pk}"))


def test_standard_and_contact_page(home, get, expect):
    pages = make_one_of_each()
    labels = ("home.StandardPage", "home.ContactPage")
    expect("plain", [get(f"pages/{pages[label].pk}") for label in labels])


def test_index_pages(home, get, expect):
    pages = make_one_of_each()
    labels = sorted(label for label in pages if "Index" in label)
    expect("indexes", [get(f"pages/{pages[label].pk}") for label in labels])


def test_key_facts(home, get, expect):
    page = make_page(home, KeyFactsPage, slug="key-facts", title="Key facts")
    expect("key_facts", get(f"pages/{page.pk}"))


def test_news(home, get, expect):
    page = make_news(
        title="Handbook in five languages",
        slug="handbook",
        introduction="It is out.",
        image=make_harbour(),
        image_alt="Boats in a harbour",
        topic="publications",
        body=[block(1, "text", "<p>At last.</p>")],
    )
    answer = get(f"news/{page.pk}")
    assert answer == get(f"pages/{page.pk}")
    expect("news", answer)


def test_translated_news(home, get, expect):
    page = make_news(title="Handbook", slug="handbook", introduction="It is out.")
    german = translate(page, "de", {"Handbook": "Das Handbuch"}, leave=["introduction"])
    expect("news_translated", get(f"news/{german.pk}"))


def test_partner(home, get, expect):
    page = make_partner(
        title="Nordregio",
        slug="nordregio",
        place="Stockholm",
        latitude="59.3250",
        longitude="18.0700",
        website="https://example.org/",
        who="<p>Researchers.</p>",
    )
    expect("partner", get(f"partners/{page.pk}"))


def test_network_with_its_partner(home, get, expect):
    partner = make_partner(title="Diaconie", slug="diaconie", country="DE", role="lead")
    page = make_network(title="Dithmarschen", slug="dithmarschen", place="Heide", partner=partner)
    expect("network", get(f"networks/{page.pk}"))


def test_micro_project(home, get, expect):
    make_network(title="Dithmarschen", slug="dithmarschen")
    page = make_micro_project(title="Repair café", slug="repair-cafe", accelerated=True)
    expect("micro_project", get(f"micro-projects/{page.pk}"))


def test_publication_with_editions(home, get, expect):
    page = make_publication(
        editions=offered("en-full", "en-pocket", "lv"),
        title="Roadmap",
        slug="roadmap",
        kind="roadmap",
        year=2018,
    )
    answer = get(f"publications/{with_author(page).pk}")
    expect("publication", answer)
    files = [edition.file for edition in page.editions.all()]
    told = [(row["sha256"], row["bytes"]) for row in answer["editions"]]
    assert told == [(file.sha256, file.bytes) for file in files]


def test_recommendations(home, get, expect):
    page = make_recommendations(
        title="Recommendations", slug="recommendations", kind="policy-recommendations"
    )
    expect("recommendations", get(f"publications/{with_author(page).pk}"))


def test_lists_leave_bodies_out_and_keep_small_facts(home, get):
    make_news(published_on=date(2019, 5, 6), topic="events")
    [item] = get("news")["items"]
    assert "body" not in item
    assert (item["published_on"], item["topic"]) == ("2019-05-06", "events")


def test_an_image_without_its_file_is_left_out(home, get):
    image = make_harbour()
    image.file.storage.delete(image.file.name)
    page = make_news(image=image, image_alt="Lost", body=[block(1, "image", {"image": image.pk})])
    answer = get(f"news/{page.pk}")
    assert answer["image"] is None
    assert answer["body"][0]["value"]["sizes"] == {}


def test_a_hidden_page_is_named_by_no_other(home, get):
    secret = make_partner(live=False)
    page = make_news(body=[block(1, "teaser", {"page": secret.pk})])
    assert get(f"news/{page.pk}")["body"][0]["value"] == {"page": None}
