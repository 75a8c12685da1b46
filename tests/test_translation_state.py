"""How a translation stands to its source: section 6 of the design, sentence by sentence."""

from datetime import date

import pytest
from wagtail.blocks import StreamValue

from cms.changes.models import Change
from cms.editorial.along import keeping_translations
from cms.translation.fingerprint import words
from cms.translation.models import TranslationBasis
from cms.translation.state import translation_of
from home.models import KeyFactsPage, StandardPage
from tests.make import (
    make_image,
    make_news,
    make_page,
    make_recommendations,
    publish,
    release,
    translate,
)

pytestmark = pytest.mark.django_db

BLOCK = "11111111-1111-4111-8111-111111111111"


def basis(page) -> TranslationBasis:
    return TranslationBasis.objects.get(page_id=page.pk)


def facts(page) -> tuple:
    """The public state of a translation with its open segments and words."""
    row = basis(page)
    return row.state, row.open_segments, row.open_words


def with_text(html: str):
    """A body of one text; its block keeps its id."""
    return [{"type": "text", "id": BLOCK, "value": html}]


@pytest.fixture
def page(site):
    """Published in English: two paragraphs of three and four words."""
    html = "<p>One two three.</p><p>Four <b>five</b> six seven.</p>"
    return make_page(site, StandardPage, title="About", slug="about", body=with_text(html))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("  one\n two\tthree ", 3),
        ("One <b>two</b> three.", 3),
        ('See <a href="https://a.example/x y">this page</a>.', 4),
        ("well-known &amp; loved", 3),
        ("a<br/>b", 2),
    ],
)
def test_words_are_counted_in_the_text_without_markup(text, count):
    assert words(text) == count


def test_a_source_has_no_basis_and_a_translation_that_is_complete_is_live(page):
    german = translate(page, "de")
    assert not TranslationBasis.objects.filter(page_id=page.pk).exists()
    assert translation_of(page) is None
    assert facts(german) == ("live", 0, 0)
    assert basis(german).outdated_since is None


def test_text_left_in_the_source_language_makes_it_partial(page):
    german = translate(page, "de", leave=["body"])
    assert facts(german) == ("partial", 2, 7)


def test_a_changed_text_makes_it_outdated_since_the_source_was_published(page):
    german = translate(page, "de")
    source = publish(page, title="About this project")
    assert facts(german) == ("outdated", 1, 3)
    assert basis(german).outdated_since == source.last_published_at


def test_it_is_outdated_since_the_first_of_several_changes(page):
    german = translate(page, "de")
    first = publish(page, title="About this")
    publish(page, introduction="Two words")
    assert basis(german).outdated_since == first.last_published_at
    assert facts(german) == ("outdated", 2, 4)


PARAGRAPHS = {
    "added": ("<p>One two three.</p><p>Four <b>five</b> six seven.</p><p>Eight nine.</p>", 1, 2),
    "removed": ("<p>One two three.</p>", 1, 0),
    "changed": ("<p>One two three.</p><p>Four <b>five</b> six.</p>", 1, 3),
    "put in another order": ("<p>Four <b>five</b> six seven.</p><p>One two three.</p>", 0, 0),
    "replaced by two": ("<p>Ten.</p><p>Eleven.</p>", 2, 2),
}


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_paragraphs_count_one_by_one(page, name):
    html, segments, count = PARAGRAPHS[name]
    german = translate(page, "de")
    publish(page, body=with_text(html))
    state = "outdated" if segments else "live"
    assert facts(german)[1:] == (segments, count)
    assert facts(german)[0] == state


def test_partial_and_outdated_is_outdated_and_the_words_add_up(page):
    german = translate(page, "de", leave=["body"])
    publish(page, title="About this project")
    assert facts(german) == ("outdated", 3, 10)


def test_a_text_still_open_that_changed_counts_once(page):
    german = translate(page, "de", leave=["title"])
    assert facts(german) == ("partial", 1, 1)
    publish(page, title="About us")
    assert facts(german) == ("outdated", 1, 2)


def test_a_draft_of_the_source_changes_nothing(page):
    german = translate(page, "de")
    page.title = "Not published"
    page.save_revision()
    assert facts(german) == ("live", 0, 0)


def test_a_source_that_returns_to_its_text_makes_it_live_again(page):
    german = translate(page, "de")
    publish(page, title="Something else")
    publish(page, title="About")
    assert facts(german) == ("live", 0, 0)
    assert basis(german).outdated_since is None


def test_a_source_that_returns_to_its_text_makes_it_partial_again(page):
    german = translate(page, "de", leave=["body"])
    publish(page, title="Something else")
    publish(page, title="About")
    assert facts(german) == ("partial", 2, 7)


def test_translating_what_changed_makes_it_live_again(page):
    german = translate(page, "de")
    source = publish(page, title="About this project", body=with_text("<p>Eight nine.</p>"))
    again = translate(source, "de")
    assert (again.pk, again.title) == (german.pk, "de About this project")
    assert facts(german) == ("live", 0, 0)
    assert basis(german).outdated_since is None


def test_publishing_the_translation_as_it_was_leaves_it_outdated_since_then(page):
    german = translate(page, "de")
    source = publish(page, title="About this project")
    publish(page, introduction="Two words")
    since = Change.objects.latest("number").number
    publish(german)
    assert facts(german) == ("outdated", 2, 5)
    assert basis(german).outdated_since == source.last_published_at
    assert states(since) == []


def test_the_first_publishing_of_a_translation_tells_its_state(page):
    since = Change.objects.latest("number").number
    german = translate(page, "de", leave=["title"])
    assert facts(german)[0] == "partial"
    assert states(since) == []


def test_another_image_makes_it_outdated_with_no_words(site):
    image = {"image": make_image(), "image_alt": "A harbour"}
    page = make_page(site, StandardPage, **image)
    german = translate(page, "de")
    publish(page, image=make_image())
    assert facts(german) == ("outdated", 0, 0)


def test_another_image_in_the_body_makes_it_outdated_with_no_words(site):
    def body(image):
        value = {"image": image.pk, "alt": "A harbour", "decorative": False, "caption": ""}
        return [{"type": "image", "id": BLOCK, "value": value}]

    page = make_page(site, StandardPage, body=body(make_image()))
    german = translate(page, "de")
    publish(page, body=body(make_image()))
    assert facts(german) == ("outdated", 0, 0)


@pytest.mark.parametrize(
    ("maker", "field", "value"),
    [
        (make_news, "published_on", date(2019, 1, 1)),
        (make_news, "topic", "events"),
    ],
)
def test_another_date_or_choice_makes_it_outdated_with_no_words(site, maker, field, value):
    page = maker()
    german = translate(page, "de")
    publish(page, **{field: value})
    assert facts(german) == ("outdated", 0, 0)


def test_another_number_in_the_key_facts_makes_them_outdated_with_no_words(site):
    page = make_page(site, KeyFactsPage, micro_projects_total=26)
    german = translate(page, "de")
    publish(page, micro_projects_total=27)
    assert facts(german) == ("outdated", 0, 0)


def test_a_block_added_without_text_makes_it_outdated_with_no_words(page, site):
    german = translate(page, "de")
    teaser = {"type": "teaser", "id": BLOCK.replace("1", "2"), "value": {"page": site.pk}}
    publish(page, body=[*page.body.raw_data, teaser])
    assert facts(german) == ("outdated", 0, 0)


def test_a_recommendation_added_counts_with_all_its_texts(site):
    row = {"title": "Ask", "addressee": "Councils", "text": "<p>Ask first.</p>"}
    page = make_recommendations(rows=[row | {"anchor": "r1"}])
    german = translate(page, "de")
    assert facts(german) == ("live", 0, 0)
    fresh = type(page).objects.get(pk=page.pk)
    fresh.recommendations.create(anchor="r2", locale=page.locale, **row)
    release(fresh.save_revision())
    assert facts(german) == ("outdated", 3, 4)


def test_a_translation_that_is_kept_when_its_source_is_unpublished_is_an_original(page):
    german = translate(page, "de")
    publish(page, title="Something else")
    page.refresh_from_db()
    with keeping_translations():
        page.unpublish()
    assert facts(german) == ("original", 0, 0)
    assert basis(german).outdated_since is None


def test_publishing_the_source_again_finds_its_translation_as_it_was(page):
    german = translate(page, "de")
    with keeping_translations():
        page.unpublish()
    publish(page)
    assert facts(german) == ("live", 0, 0)


def test_a_translation_that_is_kept_when_its_source_is_deleted_is_an_original(page):
    german = translate(page, "de")
    with keeping_translations():
        page.delete()
    assert facts(german) == ("original", 0, 0)


def test_what_is_not_published_has_no_basis(page):
    german = translate(page, "de")
    german.unpublish()
    assert not TranslationBasis.objects.filter(page_id=german.pk).exists()
    publish(german)
    assert facts(german) == ("live", 0, 0)


def test_each_translation_has_a_state_of_its_own(page):
    german = translate(page, "de")
    source = publish(page, title="Something else")
    latvian = translate(source, "lv", leave=["title"])
    assert (facts(german)[0], facts(latvian)[0]) == ("outdated", "partial")


def states(since: int) -> list[int]:
    """The pages of which a moved state was recorded."""
    rows = Change.objects.after(since).filter(kind="state")
    return list(rows.values_list("page_id", flat=True))


def test_a_state_is_recorded_only_when_it_moved(page):
    german = translate(page, "de")
    since = Change.objects.latest("number").number
    publish(page)
    assert states(since) == []
    publish(page, title="Something else")
    assert states(since) == [german.pk]
    publish(page, title="Something else again")
    assert states(since) == [german.pk]
    publish(page, title="About")
    assert states(since) == [german.pk, german.pk]


def test_a_body_is_compared_as_it_was_stored(page):
    assert isinstance(page.body, StreamValue)
    german = translate(page, "de")
    publish(page, body=page.body)
    assert facts(german) == ("live", 0, 0)
