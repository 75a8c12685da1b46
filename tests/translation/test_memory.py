"""What was translated before is offered again, the same first, and only what a place can hold."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import String
from wagtail_localize.strings import StringValue

from cms.translation import strings
from cms.translation.memory import suggestions
from cms.translation.models import ImportedText
from cms.translation.segments import TranslatedTexts
from home.models import StandardPage
from tests.make import make_page
from tests.translating import segment, send

pytestmark = pytest.mark.django_db

SOURCE = "Social empowerment begins in the village hall."
GERMAN = "Soziale Teilhabe beginnt im Dorfgemeinschaftshaus."


def page_with(site, text: str, slug: str):
    body = [{"type": "text", "value": f"<p>{text}</p>"}]
    return make_page(site, StandardPage, title=f"Page {slug}", slug=slug, body=body)


def offered(translation):
    texts = TranslatedTexts(translation)
    place = next(one for one in texts.segments if one.path.startswith("body"))
    return suggestions(texts).get(place.id, [])


@pytest.fixture
def known(site):
    """A page whose text was translated into German."""
    translation = send(page_with(site, SOURCE, "one"), "de")
    strings.store(translation, segment(translation, "body"), GERMAN, None)
    return translation


def test_the_same_text_of_another_page_is_offered(site, known):
    [match] = offered(send(page_with(site, SOURCE, "two"), "de"))
    assert (match.source, match.text, match.likeness) == (SOURCE, GERMAN, 100)


def test_a_text_that_is_alike_is_offered_with_its_likeness(site, known):
    [match] = offered(send(page_with(site, SOURCE.replace("hall", "school"), "two"), "de"))
    assert match.text == GERMAN
    assert 80 < match.likeness < 100


def test_another_text_is_not_offered(site, known):
    assert offered(send(page_with(site, "Ferries leave at noon in the summer.", "two"), "de")) == []


def test_nothing_is_offered_from_another_language(site, known):
    assert offered(send(page_with(site, SOURCE, "two"), "et")) == []


def test_what_is_translated_already_is_not_looked_for(site, known):
    assert suggestions(TranslatedTexts(known)).get(segment(known, "body").id) is None


def test_imported_pairs_are_offered(site):
    english, german = (Locale.objects.get(language_code=code) for code in ("en", "de"))
    string = String.from_value(english, StringValue(SOURCE))
    ImportedText.objects.create(string=string, locale=german, text=GERMAN)
    [match] = offered(send(page_with(site, SOURCE, "two"), "de"))
    assert match.text == GERMAN


def test_links_that_a_text_does_not_have_are_not_offered(site):
    linked = 'Social empowerment begins <a href="https://example.org/">in the village hall</a>.'
    first = send(page_with(site, linked, "one"), "de")
    text = 'Soziale Teilhabe beginnt <a id="a1">im Dorf</a>.'
    strings.store(first, segment(first, "body"), text, None)
    [match] = offered(send(page_with(site, SOURCE, "two"), "de"))
    assert match.text == "Soziale Teilhabe beginnt im Dorf."


def test_a_page_costs_three_queries_whatever_its_length(site, known, django_assert_num_queries):
    body = [{"type": "text", "value": "".join(f"<p>{SOURCE} {n}</p>" for n in range(30))}]
    texts = TranslatedTexts(send(make_page(site, StandardPage, slug="long", body=body), "de"))
    assert len(texts.segments) == 31
    with django_assert_num_queries(3):
        assert len(suggestions(texts)) == 30
