"""Deleting moves a page into the bin; everything comes back from there, as drafts."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageLogEntry, Revision, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.changes.models import Change
from cms.editorial.along import keeping_translations
from cms.editorial.bin.deleting import throw_away
from cms.editorial.bin.purging import purge
from cms.editorial.bin.restoring import NotRestorable, restore
from cms.editorial.log import BINNED, RESTORED
from cms.editorial.models import Bin, BinEntry
from cms.editorial.rule import in_bin
from home.models import HomePage, StandardPage
from tests.make import make_page, make_pdf, make_publication, publish
from tests.make import translate as translated

pytestmark = pytest.mark.django_db


def delete(client, page, **query):
    """What somebody does who deletes a page in the admin and says yes."""
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), query, follow=True)


def now(page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def button(response, word: str):
    """The button with this word in an answer."""
    html = BeautifulSoup(response.content, "lxml")
    return next(tag for tag in html.select("button") if tag.get_text(strip=True) == word)


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


def status(path: str) -> int:
    return Client().get(path).status_code


def rows(since: int) -> list[tuple[str, int]]:
    return [(row.kind, row.page_id) for row in Change.objects.after(since)]


def last() -> int:
    return Change.objects.order_by("-number").values_list("number", flat=True).first()


@pytest.fixture
def section(site):
    """A page with a page below it, both also in German and published."""
    top = make_page(site, StandardPage, title="About", slug="about")
    child = make_page(top, StandardPage, title="How", slug="how")
    translated(top, "de")
    translated(child, "de")
    return now(top)


def test_a_deleted_page_is_gone_for_the_public_in_all_languages(section, admin_client):
    paths = ["/en/about/", "/en/about/how/", "/de/about/", "/de/about/how/"]
    assert [status(path) for path in paths] == [200, 200, 200, 200]
    delete(admin_client, section)
    assert [status(path) for path in paths] == [404, 404, 404, 404]
    assert "about" not in Client().get("/sitemap.xml").content.decode()
    api = Client().get("/api/v1/pages?locale=de&limit=100").json()
    assert "about" not in [item["slug"] for item in api["items"]]
    assert status(f"/api/v1/pages/{section.pk}") == 404
    assert not Client().get("/en/search/?q=About").context["listing"].object_list


def test_a_deletion_that_is_undone_brings_back_tree_texts_and_history(section, admin_client):
    before = {
        page.pk: (page.url_path, page.path, page.latest_revision_id)
        for page in Page.objects.filter(slug__in=["about", "how"])
    }
    strings = set(StringTranslation.objects.values_list("pk", "data"))
    revisions = set(Revision.objects.values_list("pk", flat=True))
    assert len(before) == 4
    assert strings
    answer = delete(admin_client, section)
    assert "was moved to the bin" in text_of(answer)
    url = button(answer, "Undo")["data-w-action-url-value"]
    answer = admin_client.post(url, follow=True)
    assert "restored as drafts" in text_of(answer)
    after = {
        page.pk: (page.url_path, page.path, page.latest_revision_id)
        for page in Page.objects.filter(pk__in=before)
    }
    assert {pk: (row[0], row[2]) for pk, row in after.items()} == {
        pk: (row[0], row[2]) for pk, row in before.items()
    }
    assert not Page.objects.filter(pk__in=before, live=True).exists()
    assert set(StringTranslation.objects.values_list("pk", "data")) == strings
    assert set(Revision.objects.values_list("pk", flat=True)) == revisions
    assert TranslationSource.objects.filter(object_id=section.translation_key).exists()
    assert Translation.objects.filter(enabled=True).count() == Translation.objects.count()
    assert not BinEntry.objects.exists()
    assert not Bin.objects.filter(depth=3).exists()
    assert Page.find_problems() == ([], [], [], [], [])
    entries = PageLogEntry.objects.filter(page=section.pk).order_by("-pk")[:2]
    assert [entry.action for entry in entries] == [RESTORED, BINNED]


def test_what_was_restored_is_published_and_translated_on_as_before(section, admin_client):
    german = Page.objects.get(slug="about", locale__language_code="de")
    restore(throw_away(section))
    publish(section, title="About us")
    assert status("/en/about/") == 200
    translated(section, "de", strings={"About us": "Über uns"})
    german = now(german)
    assert (german.live, german.title) == (True, "Über uns")


def test_a_page_comes_back_to_its_place_among_its_neighbours(site):
    pages = [make_page(site, StandardPage, slug=f"p{number}") for number in range(4)]
    restore(throw_away(now(pages[1])))
    slugs = list(Page.objects.child_of(site).values_list("slug", flat=True))
    assert slugs == ["p0", "p1", "p2", "p3"]


def test_the_record_tells_of_deleted_and_restored_and_of_nothing_else(section):
    live = list(Page.objects.filter(slug__in=["about", "how"]).order_by("path"))
    hidden = make_page(section, StandardPage, live=False)
    since = last()
    entry = throw_away(section)
    assert rows(since) == [("deleted", page.pk) for page in live]
    since = last()
    restore(entry)
    assert sorted(rows(since)) == sorted(("restored", page.pk) for page in live)
    assert hidden.pk not in [pk for _kind, pk in rows(0)]


def test_a_translation_is_deleted_alone(section, admin_client):
    german = Page.objects.get(slug="about", locale__language_code="de")
    delete(admin_client, german)
    assert [status("/en/about/"), status("/de/about/"), status("/de/about/how/")] == [200, 404, 404]
    restore(BinEntry.objects.get())
    assert now(german).url_path == "/home-de/about/"


def test_a_translation_that_stands_elsewhere_goes_with_its_source(section):
    child = Page.objects.get(slug="how", locale__language_code="en").specific
    german = Page.objects.get(slug="how", locale__language_code="de")
    with keeping_translations():
        child.move(section.get_parent(), pos="last-child")
    throw_away(now(child))
    assert in_bin(now(german))
    restore(BinEntry.objects.get())
    assert [now(child).url_path, now(german).url_path] == ["/home/how/", "/home-de/about/how/"]


def test_a_translation_in_the_bin_stays_there_when_its_source_goes_and_comes(section):
    german = Page.objects.get(slug="about", locale__language_code="de")
    first = throw_away(now(german))
    restore(throw_away(section))
    assert in_bin(now(german))
    restore(first)
    assert not in_bin(now(german))


def test_an_old_address_is_free_and_its_page_comes_back_at_another_one(section, admin_client):
    delete(admin_client, section)
    other = make_page(section.get_parent(), StandardPage, title="Other", slug="about")
    assert Client().get("/en/about/").context["page"].pk == other.pk
    entry = BinEntry.objects.get()
    with pytest.raises(NotRestorable, match="Another page stands at the old address"):
        restore(entry)
    url = reverse("bin:restore", args=[entry.pk])
    assert "Restore at the address “about-2”" in text_of(admin_client.get(url))
    admin_client.post(url, {"rename": "1"})
    german = Page.objects.get(slug="about-2", locale__language_code="de")
    assert [now(section).url_path, german.url_path] == ["/home/about-2/", "/home-de/about-2/"]
    assert now(section).get_latest_revision_as_object().slug == "about-2"
    publish(section)
    assert [status("/en/about/"), status("/en/about-2/how/")] == [200, 404]
    assert Client().get("/en/about-2/").context["page"].pk == section.pk


def test_a_page_whose_parent_is_in_the_bin_waits_for_it(section, admin_client):
    child = Page.objects.get(slug="how", locale__language_code="en").specific
    lower, upper = throw_away(child), throw_away(section)
    url = reverse("bin:restore", args=[lower.pk])
    answer = admin_client.get(url)
    assert "is in the bin. Restore it first." in text_of(answer)
    link = BeautifulSoup(answer.content, "lxml").find(
        "a", href=reverse("bin:restore", args=[upper.pk])
    )
    assert "Restore “About” first" in link.get_text(strip=True)
    admin_client.post(url)
    assert in_bin(now(child))
    admin_client.post(link["href"])
    admin_client.post(url)
    assert now(child).url_path == "/home/about/how/"


def test_a_page_whose_parent_is_gone_comes_back_elsewhere(section, admin_client):
    child = Page.objects.get(slug="how", locale__language_code="en").specific
    entry, upper = throw_away(child), throw_away(section)
    purge(upper)
    url = reverse("bin:restore", args=[entry.pk])
    assert "was deleted for good. Choose another place." in text_of(admin_client.get(url))
    admin_client.post(url)
    assert in_bin(now(child))
    elsewhere = make_page(HomePage.objects.get(slug="home"), StandardPage, slug="elsewhere")
    translated(elsewhere, "de")
    admin_client.post(url, {"new_parent_page": elsewhere.pk})
    german = child.get_translation(Locale.objects.get(language_code="de"))
    assert [now(child).url_path, german.url_path] == [
        "/home/elsewhere/how/",
        "/home-de/elsewhere/how/",
    ]


def test_redirects_to_a_deleted_page_lead_nowhere_until_it_is_back(section):
    publish(section, slug="about-us")
    answer = Client().get("/en/about/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/about-us/")
    count = Redirect.objects.count()
    entry = throw_away(now(section))
    assert [status("/en/about/"), status("/de/about/how/")] == [404, 404]
    assert Redirect.objects.count() == count
    restore(entry)
    publish(now(section))
    assert Client().get("/en/about/")["Location"] == "/en/about-us/"


def test_reviews_and_schedules_end_with_the_deletion(section, admin):
    page = now(section)
    page.get_workflow().start(page, admin)
    child = Page.objects.get(slug="how", locale__language_code="en").specific
    child.go_live_at = timezone.now() + timedelta(days=1)
    child.save_revision(approved_go_live_at=child.go_live_at)
    entry = throw_away(section, admin)
    assert not WorkflowState.objects.active().exists()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    restore(entry, admin)
    assert not now(section).workflow_in_progress
    assert not now(child).approved_schedule


def test_the_site_keeps_its_home_page(site, admin_client):
    answer = delete(admin_client, site)
    assert "The home page of the site cannot be deleted." in text_of(answer)
    assert status("/en/") == 200
    german = make_page(Page.get_first_root_node(), HomePage, slug="other-home")
    delete(admin_client, german)
    assert in_bin(now(german))


def test_a_deleted_publication_takes_its_downloads_along_and_keeps_its_address(site):
    page = make_publication(slug="handbook", editions=[("en", "", make_pdf())])
    path = "/downloads/handbook/en.pdf"
    assert status(path) == 200
    entry = throw_away(now(page))
    assert status(path) == 404
    restore(entry)
    publish(now(page))
    assert status(path) == 200
