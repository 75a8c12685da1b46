"""A page that moves takes its translations to the same place in every language."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from cms.editorial.along import keeping_translations
from cms.editorial.bin.deleting import throw_away
from cms.editorial.bin.restoring import restore
from cms.editorial.rule import Refused
from cms.translation.state import translation_of
from home.models import HomePage, StandardPage
from tests.make import make_page, publish, translate
from tests.test_structure import UNTICKED, box, in_language, now, status, text_of, whole
from tests.test_tree import faults, leads_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(site):
    """A page with a page below it, both in English and German."""
    top = make_page(site, StandardPage, title="About", slug="about")
    child = make_page(top, StandardPage, title="How", slug="how")
    translate(top, "de")
    translate(child, "de")
    return now(top)


@pytest.fixture
def elsewhere(site):
    return make_page(site, StandardPage, title="Elsewhere", slug="elsewhere")


def confirm_url(page, parent) -> str:
    return reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk])


def addresses() -> set[str]:
    return set(StandardPage.objects.values_list("url_path", flat=True))


def test_a_moved_page_stands_at_the_same_address_in_every_language(about, elsewhere):
    translate(elsewhere, "de")
    about.move(now(elsewhere), pos="last-child")
    assert [status(f"/{code}/elsewhere/about/how/") for code in ("en", "de")] == [200, 200]
    for code in ("en", "de"):
        assert leads_to(f"/{code}/about/") == f"/{code}/elsewhere/about/"
        assert leads_to(f"/{code}/about/how/") == f"/{code}/elsewhere/about/how/"
    assert (faults(), whole()) == ([], [])


def test_what_is_missing_above_it_is_made_as_a_draft(about, elsewhere):
    deep = make_page(elsewhere, StandardPage, title="Deep", slug="deep")
    about.move(now(deep), pos="last-child")
    german = in_language(elsewhere, "de")
    assert (german.live, translation_of(german) is not None) == (False, True)
    assert in_language(deep, "de").url_path == "/home-de/elsewhere/deep/"
    assert status("/de/elsewhere/") == 404
    assert status("/de/elsewhere/deep/about/how/") == 200
    assert (faults(), whole()) == ([], [])
    translate(elsewhere, "de")
    assert now(german).live


def test_a_page_written_in_another_language_takes_its_translations_along(site, about):
    translate(about, "et")
    german = make_page(in_language(about, "de"), StandardPage, slug="own")
    english = translate(german, "en")
    estonian = translate(german, "et")
    now(german).move(HomePage.objects.get(locale__language_code="de"), pos="last-child")
    assert [now(page).url_path for page in (english, estonian)] == ["/home/own/", "/home-et/own/"]
    assert whole() == []


def test_translations_stand_in_the_order_of_their_sources(site, about):
    pages = [make_page(site, StandardPage, slug=f"p{number}") for number in range(3)]
    for page in (pages[0], pages[2]):
        translate(page, "de")
    home = HomePage.objects.get(locale__language_code="de")
    now(pages[2]).move(now(about), pos="left")
    assert [p.slug for p in home.get_children()] == ["p2", "about", "p0"]
    now(pages[1]).move(now(pages[2]), pos="left")
    now(pages[0]).move(now(pages[1]), pos="right")
    assert [p.slug for p in Page.objects.child_of(site)] == ["p1", "p0", "p2", "about"]
    assert [p.slug for p in home.get_children()] == ["p0", "p2", "about"]
    assert (faults(), Redirect.objects.count()) == ([], 0)


def test_a_translation_does_not_move_by_itself(about, elsewhere, admin_client):
    german = in_language(about, "de")
    translate(elsewhere, "de")
    target = in_language(elsewhere, "de")
    words = "This page follows the page it was made from; move that one."
    with pytest.raises(Refused, match=words):
        german.move(target, pos="last-child")
    for url in (reverse("wagtailadmin_pages:move", args=[german.pk]), confirm_url(german, target)):
        assert words in text_of(admin_client.get(url, follow=True))
    assert words in text_of(admin_client.post(confirm_url(german, target), follow=True))
    url = reverse("wagtailadmin_pages:set_page_position", args=[german.pk])
    assert admin_client.post(f"{url}?position=1").status_code == 403
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = admin_client.post(f"{url}?id={german.pk}", {"chooser": target.pk}, follow=True)
    assert words in text_of(answer)
    asked = {"destination_page_id": target.pk, "position": "last-child"}
    url = f"/admin/api/main/pages/{german.pk}/action/move/"
    answer = admin_client.post(url, asked, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error_message"]) == (403, words)
    assert now(german).url_path == "/home-de/about/"


def test_a_translation_that_stands_on_its_own_moves_and_returns_to_its_source(about, elsewhere):
    german = in_language(about, "de")
    translate(elsewhere, "de")
    with keeping_translations():
        about.unpublish()
    german.move(in_language(elsewhere, "de"), pos="last-child")
    assert (now(german).url_path, whole()) == ("/home-de/elsewhere/about/", [])
    publish(about)
    assert (now(german).url_path, whole()) == ("/home-de/about/", [])
    assert leads_to("/de/elsewhere/about/") == "/de/about/"


@pytest.mark.parametrize("ticked", [True, False])
def test_the_admin_asks_before_a_move(about, elsewhere, admin_client, ticked):
    shown = admin_client.get(confirm_url(about, elsewhere))
    assert "Also its translations: Deutsch" in text_of(shown)
    assert "made there as a draft: “Elsewhere” (Deutsch)" in text_of(shown)
    assert box(shown).has_attr("checked")
    admin_client.post(
        confirm_url(about, elsewhere), UNTICKED | ({"translations": "on"} if ticked else {})
    )
    place = "/home-de/elsewhere/about/" if ticked else "/home-de/about/"
    assert now(about).url_path == "/home/elsewhere/about/"
    assert in_language(about, "de").url_path == place
    assert (faults(), whole()) == ([], [])


def test_what_was_left_stays_until_somebody_takes_it_along(site, about, elsewhere):
    german = in_language(about, "de")
    with keeping_translations():
        about.move(now(elsewhere), pos="last-child")
    publish(about)
    make_page(elsewhere, StandardPage, slug="other").move(now(about), pos="left")
    now(about).move(now(elsewhere), pos="first-child")
    assert now(german).url_path == "/home-de/about/"
    other = make_page(site, StandardPage, slug="other-place")
    now(about).move(now(other), pos="last-child")
    assert (now(german).url_path, whole()) == ("/home-de/other-place/about/", [])
    with pytest.raises(Refused):
        now(german).move(in_language(site, "de"), pos="last-child")


def test_several_pages_and_a_translation_of_one_move_together(about, elsewhere, admin_client):
    pages = [in_language(about, "de"), about]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    url += "?" + "&".join(f"id={page.pk}" for page in pages)
    shown = text_of(admin_client.get(f"{url.split('?')[0]}?id={about.pk}"))
    assert "Also its translations: Deutsch" in shown
    url = f"{url.split('?')[0]}?id={about.pk}"
    admin_client.post(url, UNTICKED | {"chooser": elsewhere.pk, "translations": "on"})
    assert in_language(about, "de").url_path == "/home-de/elsewhere/about/"
    other = make_page(elsewhere.get_parent(), StandardPage, slug="other")
    admin_client.post(url, UNTICKED | {"chooser": other.pk})
    assert now(about).url_path == "/home/other/about/"
    assert in_language(about, "de").url_path == "/home-de/elsewhere/about/"


def taken(about, elsewhere):
    translate(elsewhere, "de")
    make_page(in_language(elsewhere, "de"), StandardPage, slug="about")
    return "In Deutsch, another page below “de Elsewhere” has the slug “about”."


def taken_by_what_is_missing(about, elsewhere):
    make_page(HomePage.objects.get(locale__language_code="de"), StandardPage, slug="elsewhere")
    return "In Deutsch, another page below “de SEMPRE” has the slug “elsewhere”."


def in_the_bin(about, elsewhere):
    throw_away(now(translate(elsewhere, "de")))
    return "In Deutsch, “de Elsewhere” is in the bin. Restore it first."


def below_itself(about, elsewhere):
    translate(elsewhere, "de")
    with keeping_translations():
        now(elsewhere).move(now(about), pos="last-child")
        now(in_language(elsewhere, "de")).move(in_language(about, "de"), pos="last-child")
        now(elsewhere).move(HomePage.objects.get(slug="home"), pos="last-child")
    return "In Deutsch, “de Elsewhere” stands below “de About” itself."


@pytest.mark.parametrize("plant", [taken, taken_by_what_is_missing, in_the_bin, below_itself])
def test_a_move_that_is_impossible_in_one_language_changes_nothing(
    about, elsewhere, admin_client, plant
):
    words = plant(about, elsewhere)
    before = addresses()
    with pytest.raises(Refused) as refusal:
        now(about).move(now(elsewhere), pos="last-child")
    assert str(refusal.value) == words
    for method in (admin_client.get, admin_client.post):
        assert words in text_of(method(confirm_url(about, elsewhere), follow=True))
    asked = {"destination_page_id": elsewhere.pk, "position": "last-child"}
    url = f"/admin/api/main/pages/{about.pk}/action/move/"
    answer = admin_client.post(url, asked, headers={"Accept": "application/json"})
    assert answer.status_code == 403
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = admin_client.post(f"{url}?id={about.pk}", {"chooser": elsewhere.pk}, follow=True)
    assert words in text_of(answer)
    assert (addresses(), faults()) == (before, [])
    now(about).move(now(elsewhere), pos="right")


def test_a_translation_comes_back_from_the_bin_to_where_its_source_stands_now(about, elsewhere):
    german = in_language(about, "de")
    entry = throw_away(german)
    about.move(now(elsewhere), pos="last-child")
    restore(entry)
    assert (now(german).url_path, whole()) == ("/home-de/elsewhere/about/", [])


def test_pages_in_the_bin_do_not_move(about, elsewhere):
    throw_away(now(elsewhere))
    with pytest.raises(Refused):
        now(about).move(now(elsewhere), pos="last-child")
    assert Client().get("/de/about/").status_code == 200


def test_home_pages_stand_side_by_side_in_any_order(site, about):
    german = Page.objects.get(locale=Locale.objects.get(language_code="de"), depth=2)
    now(site).move(now(german), pos="right")
    assert (faults(), whole()) == ([], [])
