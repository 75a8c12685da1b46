"""What happens to a source happens to its translations, unless somebody decides otherwise."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringTranslation

from cms.changes.models import Change
from cms.editorial.along import keeping_translations
from cms.editorial.bin.deleting import throw_away
from cms.editorial.bin.purging import purge
from cms.editorial.bin.restoring import restore
from cms.editorial.due import publish_due
from cms.editorial.integrity.registry import find_violations
from cms.editorial.models import BinEntry, Clearance
from cms.editorial.rule import in_bin
from cms.translation.models import DraftBasis, TranslationBasis
from home.models import StandardPage
from tests.editing import edit_url
from tests.make import make_page, make_partner, publish, release, translate
from tests.people import EDIT, PUBLISH, give, make_user, signed_in

pytestmark = pytest.mark.django_db

UNTICKED = {"translations_asked": "1"}
"""What a browser sends of the question about the translations when the box is empty."""


def now(page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


def box(response):
    """The box with which somebody decides about the translations."""
    return BeautifulSoup(response.content, "lxml").select_one("input[name=translations]")


def status(path: str) -> int:
    return Client().get(path).status_code


def state(page) -> str:
    return TranslationBasis.objects.get(page_id=page.pk).state


def words_of_translators() -> set:
    return set(StringTranslation.objects.values_list("pk", "data"))


def unpublish_url(page) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def whole() -> list[str]:
    """Violations, files excepted, of which other tests leave some."""
    return [str(found) for found in find_violations() if found.kind != "file.stray"]


@pytest.fixture
def about(site):
    """A page with a page below it, both in English, German and Estonian."""
    top = make_page(site, StandardPage, title="About", slug="about")
    child = make_page(top, StandardPage, title="How", slug="how")
    for language in ("de", "et"):
        translate(top, language)
        translate(child, language)
    return now(top)


def in_language(page, language: str) -> Page:
    return page.get_translation(Locale.objects.get(language_code=language)).specific


def test_a_page_that_is_unpublished_takes_its_translations_along(about):
    before = words_of_translators(), Revision.objects.count()
    since = Change.objects.latest("number").number
    about.unpublish()
    paths = ["/en/about/", "/de/about/", "/et/about/"]
    assert [status(path) for path in paths] == [404, 404, 404]
    assert [status("/en/about/how/"), status("/de/about/how/")] == [200, 200]
    kinds = [row.kind for row in Change.objects.after(since)]
    assert kinds == ["unpublished"] * 3
    assert (words_of_translators(), Revision.objects.count()) == before
    assert whole() == []


def test_what_was_taken_down_is_published_again_with_its_work(about):
    german = in_language(about, "de")
    about.unpublish()
    publish(about)
    assert not now(german).live
    release(now(german).latest_revision)
    assert (state(german), now(german).title) == ("live", "de About")


def test_the_admin_asks_by_the_names_of_the_languages_and_takes_them_along(about, admin_client):
    shown = admin_client.get(unpublish_url(about))
    assert "Also its translations: Deutsch, eesti" in text_of(shown)
    assert box(shown).has_attr("checked")
    admin_client.post(unpublish_url(about), UNTICKED | {"translations": "on"})
    assert [now(about).live, in_language(about, "de").live] == [False, False]


def test_whoever_takes_the_tick_away_keeps_the_translations(about, admin_client):
    german = in_language(about, "de")
    admin_client.post(unpublish_url(about), UNTICKED)
    assert [status("/en/about/"), status("/de/about/"), status("/et/about/")] == [404, 200, 200]
    assert (state(german), german.translation_basis.kept_at is not None) == ("original", True)
    assert whole() == []
    publish(about)
    kept = TranslationBasis.objects.get(page_id=german.pk)
    assert (kept.state, kept.kept_at) == ("live", None)


def test_nobody_is_asked_about_translations_that_are_not_public(site, about, admin_client):
    plain = make_page(site, StandardPage)
    assert box(admin_client.get(unpublish_url(plain))) is None
    for language in ("de", "et"):
        in_language(about, language).unpublish()
        in_language(about.get_first_child(), language).unpublish()
    assert box(admin_client.get(unpublish_url(about))) is None


def test_with_the_pages_below_go_their_translations(about, admin_client):
    admin_client.post(unpublish_url(about), {"include_descendants": "on"})
    assert not StandardPage.objects.filter(live=True).exists()


def test_several_pages_and_their_translations_are_unpublished_once(site, about, admin_client):
    other = make_page(site, StandardPage, slug="other")
    pages = [in_language(about, "et"), about, in_language(about, "de"), other]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    url += "?" + "&".join(f"id={page.pk}" for page in pages)
    shown = admin_client.get(url)
    assert "Also its translations: Deutsch, eesti" in text_of(shown)
    assert box(shown).has_attr("checked")
    since = Change.objects.latest("number").number
    admin_client.post(url, UNTICKED | {"translations": "on"})
    assert [now(page).live for page in pages] == [False] * 4
    rows = Change.objects.after(since).filter(kind="unpublished")
    assert sorted(row.page_id for row in rows) == sorted(page.pk for page in pages)


def test_a_bulk_action_without_the_tick_keeps_the_translations(about, admin_client):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    admin_client.post(f"{url}?id={about.pk}", UNTICKED)
    assert [now(about).live, in_language(about, "de").live] == [False, True]
    assert whole() == []


def test_the_admins_api_takes_them_along(about, admin_client):
    admin_client.post(f"/admin/api/main/pages/{about.pk}/action/unpublish/")
    assert [now(about).live, in_language(about, "de").live] == [False, False]


def test_a_page_that_expires_takes_its_translations_along_and_plans_wait_for_it(about):
    german = in_language(about, "de")
    plan = german.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    StandardPage.objects.filter(pk=about.pk).update(expire_at=timezone.now())
    assert publish_due() == (1, 0)
    german = now(german)
    assert [now(about).live, german.live, german.expired] == [False, False, True]
    assert DraftBasis.objects.get(waits=True).revision == plan
    Clearance.objects.reviewed(None, plan, None)
    publish(about, expire_at=None)
    assert (now(german).live, state(german)) == (True, "live")


def test_a_planned_translation_does_not_come_out_after_its_source_was_taken_down(about):
    german = in_language(about, "de")
    german.unpublish()
    german.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    about.unpublish()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert whole() == []


def test_a_partner_takes_along_translations_to_which_it_has_no_right(site):
    partner = make_partner(slug="partner")
    german = translate(partner, "de")
    user = make_user("partner", "Partner")
    give("Partner", partner, *EDIT, *PUBLISH)
    signed_in(user).post(unpublish_url(partner))
    assert [now(partner).live, now(german).live] == [False, False]


def test_a_translation_that_is_published_before_its_source_was_meant_so(about):
    german = in_language(about, "de")
    about.unpublish()
    release(now(german).latest_revision)
    assert (now(german).live, state(german)) == (True, "original")
    assert whole() == []


def test_a_translation_is_unpublished_alone(about):
    in_language(about, "de").unpublish()
    assert [status("/en/about/"), status("/de/about/"), status("/et/about/")] == [200, 404, 200]


def delete_url(page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def test_before_a_deletion_the_languages_are_named_and_all_goes(about, admin_client):
    shown = admin_client.get(delete_url(about))
    assert "Also its translations: Deutsch, eesti" in text_of(shown)
    assert box(shown).has_attr("checked")
    words = words_of_translators()
    german = in_language(about, "de")
    admin_client.post(delete_url(about), UNTICKED | {"translations": "on"})
    assert in_bin(now(german))
    restore(BinEntry.objects.get())
    publish(about)
    release(now(german).latest_revision)
    assert (state(german), words_of_translators()) == ("live", words)
    assert whole() == []


def test_translations_that_are_kept_survive_their_source_for_good(about, admin_client):
    german = in_language(about, "de")
    words = {row for row in words_of_translators() if row[1].startswith(("de", "et"))}
    admin_client.post(delete_url(about), UNTICKED)
    assert [status("/en/about/"), status("/de/about/"), status("/de/about/how/")] == [404, 200, 200]
    assert (state(german), whole()) == ("original", [])
    purge(BinEntry.objects.get())
    assert status("/de/about/") == 200
    assert (state(german), words_of_translators()) == ("original", words)
    assert whole() == []


def test_deleting_a_source_for_good_takes_its_translations_down(about):
    german = in_language(about, "de")
    about.delete()
    assert not now(german).live
    assert not TranslationBasis.objects.filter(page__depth__gt=2).exists()
    assert whole() == []


def test_a_source_that_comes_back_finds_the_translations_that_were_kept(about):
    german = in_language(about, "de")
    with keeping_translations():
        entry = throw_away(about)
    restore(entry)
    assert state(german) == "original"
    publish(about, title="About us")
    assert (state(german), status("/de/about/")) == ("outdated", 200)


def test_several_pages_are_deleted_and_their_translations_kept(about, admin_client):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    url += f"?id={about.pk}"
    assert "Also its translations: Deutsch, eesti" in text_of(admin_client.get(url))
    admin_client.post(url, UNTICKED)
    assert [in_bin(now(about)), in_bin(in_language(about, "de"))] == [True, False]


def test_a_translation_that_is_deleted_alone_keeps_its_words(about, admin_client):
    german = in_language(about, "de")
    words = words_of_translators()
    assert box(admin_client.get(delete_url(german))) is None
    admin_client.post(delete_url(german))
    assert [in_bin(now(german)), now(about).live] == [True, True]
    restore(BinEntry.objects.get())
    release(now(german).latest_revision)
    assert (state(german), words_of_translators()) == ("live", words)


def test_the_editor_is_told_that_an_address_is_the_same_in_all_languages(site, about, admin_client):
    words = "A new address holds in all languages, and the old ones lead to it: Deutsch, eesti."
    assert words in text_of(admin_client.get(edit_url(about)))
    plain = make_page(site, StandardPage)
    assert "A new address holds" not in text_of(admin_client.get(edit_url(plain)))
