"""Works are counted once, keep one slug in all locales, and stand in the reader's alphabet."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page

from cms.collation import alphabetical
from cms.editorial.along import keeping_translations
from news.models import NewsPage
from tests.make import make_news, make_partner, publish, translate


def listed(language: str) -> list[str]:
    locale = Locale.objects.get(language_code=language)
    return sorted(page.language for page in NewsPage.objects.works(locale.pk))


def test_a_work_whose_source_is_unpublished_is_listed_once(site):
    page = make_news(title="A bus")
    translate(page, "de")
    translate(page, "lt")
    assert listed("et") == ["en"]
    page.refresh_from_db()
    with keeping_translations():
        page.unpublish()
    assert listed("et") == ["de"]
    assert listed("lt") == ["lt"]


def test_a_new_slug_goes_to_every_translation_and_the_old_addresses_lead_on(site, client):
    page = make_news(title="A bus", slug="a-bus")
    german = translate(page, "de")
    state = german.translation_basis.state
    publish(page, slug="a-ferry")
    german = Page.objects.get(pk=german.pk)
    assert german.slug == "a-ferry"
    assert client.get("/de/news/a-ferry/").status_code == 200
    assert german.translation_basis.state == state


def test_a_slug_that_is_taken_in_another_language_is_refused(site):
    page, other = make_news(title="A bus", slug="a-bus"), make_news(title="Else", slug="else")
    translate(page, "de")
    translate(other, "de")
    Page.objects.filter(pk=other.pk).update(slug="gone", url_path="/home/news/gone/")
    page = Page.objects.get(pk=page.pk).specific
    page.slug = "else"
    with pytest.raises(ValidationError, match="another language"):
        page.full_clean()


@pytest.mark.parametrize("slug", ["search", "feed"])
def test_a_slug_of_a_view_is_refused(site, slug):
    with pytest.raises(ValidationError, match="site itself"):
        make_news(title="A bus", slug=slug)


def test_another_link_in_a_text_makes_the_translation_outdated(site):
    text = '<p>See <a href="https://example.org/{}">here</a>.</p>'
    body = [
        {"type": "text", "value": text.format("one"), "id": "6f1d3f1e-0000-4d1c-9a52-000000000001"}
    ]
    page = make_news(title="A bus", body=body)
    german = translate(page, "de")
    assert german.translation_basis.state == "live"
    other = [body[0] | {"value": text.format("two")}]
    publish(page, body=other)
    basis = type(german.translation_basis).objects.get(page_id=german.pk)
    assert (basis.state, basis.open_words) == ("outdated", 0)


def test_the_same_sum_written_in_another_way_is_no_change(site):
    page = make_partner(title="A partner", budget_total=Decimal("1000"))
    german = translate(page, "de")
    publish(page, budget_total=Decimal("1000"))
    assert type(german.translation_basis).objects.get(page_id=german.pk).state == "live"


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("de", ["Dänemark", "Deutschland", "Estland"]),
        ("lt", ["Lenkija", "Suomija", "Švedija", "Vokietija"]),
        ("et", ["Leedu", "Läti", "Poola", "Taani"]),
        ("lv", ["Dānija", "Igaunija", "Latvija", "Lietuva"]),
    ],
)
def test_countries_stand_in_the_order_of_the_readers_alphabet(language, names):
    assert sorted(names, key=lambda name: alphabetical(name, language)) == names
