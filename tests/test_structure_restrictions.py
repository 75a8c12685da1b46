"""Nobody reaches a translation who may not read its source, whatever happens to either."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from cms.editorial.along import keeping_translations
from cms.editorial.bin.deleting import throw_away
from cms.editorial.bin.restoring import restore
from cms.editorial.rule import Refused
from cms.models.visibility import public_pages
from cms.translation.state import translation_of
from cms.translation.structure import source_of
from home.models import HomePage, StandardPage
from tests.make import make_page, publish, translate
from tests.people import make_editor, signed_in
from tests.test_structure import in_language, now, whole

pytestmark = pytest.mark.django_db


def restrict(page, kind: str = "login", **fields) -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=kind, **fields
    )


def is_closed(page) -> bool:
    """Whether somebody who is not signed in is sent away, at its address and in every list."""
    page = now(page)
    answer = Client().get(page.path_here)
    listed = public_pages().filter(pk=page.pk).exists()
    by_id = Client().get(f"/api/v1/pages/{page.pk}").status_code
    assert (answer.status_code == 200) == listed == (by_id == 200), page.path_here
    return not listed


def leaks() -> list[str]:
    """The public translations whose source is hidden by a restriction, of it or above it."""
    found = public_pages().filter(depth__gt=2)
    sources = [(page, source_of(page)) for page in found if translation_of(page)]
    return [
        page.url_path
        for page, source in sources
        if source and source.get_view_restrictions().exists()
    ]


@pytest.fixture
def about(site):
    """A page with a page below it, both in English and German."""
    top = make_page(site, StandardPage, title="About", slug="about")
    child = make_page(top, StandardPage, title="How", slug="how")
    translate(top, "de")
    translate(child, "de")
    return now(top)


@pytest.fixture
def how(about):
    return about.get_first_child().specific


@pytest.fixture
def secret(site):
    """A restricted page that is not translated."""
    page = make_page(site, StandardPage, title="Secret", slug="secret")
    restrict(page)
    return now(page)


def test_a_restriction_holds_below_in_every_language_and_is_lifted_everywhere(about, how):
    lock = restrict(about)
    assert [is_closed(page) for page in (about, in_language(about, "de"))] == [True, True]
    assert is_closed(in_language(how, "de"))
    lock.delete()
    assert [is_closed(in_language(page, "de")) for page in (about, how)] == [False, False]
    assert whole() == []


def test_what_is_translated_later_is_restricted_from_its_first_moment(about, how):
    restrict(about)
    restrict(how, "groups").groups.add(Group.objects.first())
    german = translate(how, "et")
    assert [is_closed(german), is_closed(in_language(about, "et"))] == [True, True]
    assert german.view_restrictions.get().groups.count() == 1
    assert (leaks(), whole()) == ([], [])


def test_a_page_that_moves_below_a_restricted_one_is_closed_in_every_language(about, how, secret):
    about.move(secret, pos="last-child")
    assert [is_closed(in_language(page, "de")) for page in (about, how)] == [True, True]
    assert (leaks(), whole()) == ([], [])


def test_what_is_left_behind_is_closed_as_its_source_until_that_is_open(site, about, how, secret):
    with keeping_translations():
        about.move(secret, pos="last-child")
    assert [is_closed(in_language(page, "de")) for page in (about, how)] == [True, True]
    assert (leaks(), whole()) == ([], [])
    with keeping_translations():
        now(about).move(now(site), pos="last-child")
    assert [is_closed(in_language(page, "de")) for page in (about, how)] == [False, False]


def test_a_restriction_above_the_source_alone_closes_what_stands_elsewhere(site, about, how):
    elsewhere = make_page(site, StandardPage, slug="elsewhere")
    with keeping_translations():
        about.move(elsewhere, pos="last-child")
    lock = restrict(elsewhere)
    assert [is_closed(in_language(page, "de")) for page in (about, how)] == [True, True]
    assert (leaks(), whole()) == ([], [])
    lock.restriction_type = "password"
    lock.password = "open-sesame"
    lock.save()
    assert in_language(about, "de").view_restrictions.get().password == "open-sesame"
    lock.delete()
    assert [is_closed(in_language(page, "de")) for page in (about, how)] == [False, False]
    assert whole() == []


def test_a_translation_that_leaves_a_restricted_place_is_closed_as_its_source(site, about, how):
    restrict(about)
    with keeping_translations():
        how.unpublish()
    german = in_language(how, "de")
    german.move(HomePage.objects.get(locale__language_code="de"), pos="last-child")
    assert (is_closed(german), leaks(), whole()) == (True, [], [])
    publish(how)
    assert now(german).url_path == "/home-de/about/how/"
    assert (is_closed(german), leaks(), whole()) == (True, [], [])


def test_the_home_page_closes_everything(site, about, how):
    restrict(site)
    assert [is_closed(in_language(page, "de")) for page in (site, about, how)] == [True] * 3


def test_a_page_in_another_language_closes_what_was_made_from_it(site, about):
    german = make_page(in_language(about, "de"), StandardPage, slug="own")
    english = translate(german, "en")
    restrict(german)
    assert [is_closed(english), is_closed(about)] == [True, False]
    assert (leaks(), whole()) == ([], [])


def test_nobody_opens_or_closes_a_translation_alone(about, admin_client):
    german = in_language(about, "de")
    url = reverse("wagtailadmin_pages:set_privacy", args=[german.pk])
    words = "Who may read this page is decided at the page it was made from"
    for closed in (False, True):
        if closed:
            restrict(about, "groups").groups.add(Group.objects.first())
        shown = admin_client.get(url).json()
        assert words in shown["html"]
        assert "<form" not in shown["html"]
        admin_client.post(url, {"restriction_type": "none" if closed else "login"})
        assert is_closed(german) == closed
    asked = signed_in(make_editor(german, "editor-de")).get(url)
    assert words not in asked.content.decode()
    lock = german.view_restrictions.get()
    lock.restriction_type = "login"
    with pytest.raises(Refused, match=words):
        lock.save()
    with pytest.raises(Refused, match=words), transaction.atomic():
        lock.delete()
    with pytest.raises(Refused, match=words), transaction.atomic():
        PageViewRestriction.objects.filter(page=german).delete()
    lock.groups.clear()
    lock.refresh_from_db()
    assert (lock.groups.count(), whole()) == (1, [])
    about.view_restrictions.get().delete()
    with pytest.raises(Refused, match=words):
        restrict(german)


def test_the_privacy_of_a_page_tells_that_it_holds_for_all_languages(site, about, admin_client):
    url = reverse("wagtailadmin_pages:set_privacy", args=[about.pk])
    shown = admin_client.get(url).json()
    words = "This holds for the translations of the page too, at once: Deutsch."
    assert (words in shown["html"], "<form" in shown["html"]) == (True, True)
    sent = admin_client.post(url, {"restriction_type": "login"}).json()
    assert sent == {"step": "set_privacy_done", "is_public": False}
    assert is_closed(in_language(about, "de"))
    plain = make_page(site, StandardPage)
    url = reverse("wagtailadmin_pages:set_privacy", args=[plain.pk])
    assert "This holds" not in admin_client.get(url).json()["html"]


def test_deleting_and_restoring_opens_nothing(about, how):
    restrict(about)
    with keeping_translations():
        entry = throw_away(how)
    german = in_language(how, "de")
    assert (is_closed(german), whole()) == (True, [])
    restore(entry)
    publish(how)
    assert (is_closed(german), leaks(), whole()) == (True, [], [])


def test_a_translation_left_elsewhere_stays_closed_when_its_source_is_deleted(about, secret):
    with keeping_translations():
        about.move(secret, pos="last-child")
        entry = throw_away(now(about))
    german = in_language(about, "de")
    assert (is_closed(german), whole()) == (True, [])
    restore(entry)
    publish(about)
    assert (is_closed(german), leaks(), whole()) == (True, [], [])


def test_a_page_that_was_deleted_takes_its_restriction_along_and_back(about):
    restrict(about)
    german = in_language(about, "de")
    restore(throw_away(about))
    publish(about)
    publish(german)
    assert [is_closed(about), is_closed(german)] == [True, True]
    assert whole() == []
