"""The tree of pages stays whole, and every address that a page once had leads to it."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.changes.models import Change
from cms.models.tree import lock_tree
from home.models import StandardPage
from tests.make import make_page, publish, release, translate

pytestmark = pytest.mark.django_db


def now(page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def faults() -> list[str]:
    """What is wrong with the tree: places, numbers of children, addresses."""
    found = [str(problem) for problem in Page.find_problems() if problem]
    by_path = {page.path: page for page in Page.objects.all()}
    for path, page in by_path.items():
        above = by_path.get(path[:-4])
        address = f"{above.url_path}{page.slug}/" if above else "/"
        if page.url_path != address:
            found.append(f"{page.pk} stands at {page.url_path} instead of {address}")
        children = [p for p in by_path if len(p) == len(path) + 4 and p.startswith(path)]
        if page.numchild != len(children):
            found.append(f"{page.pk} has {len(children)} children and counts {page.numchild}")
    return found


def leads_to(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 301, path
    return answer["Location"]


@pytest.fixture
def section(site):
    """A page with a page below it, both in English and German."""
    top = make_page(site, StandardPage, slug="about")
    child = make_page(top, StandardPage, slug="how")
    translate(top, "de")
    translate(child, "de")
    return now(top)


def test_a_page_that_was_read_before_it_moved_is_saved_where_it_is_now(site, section):
    old = StandardPage.objects.get(slug="how", locale=site.locale)
    elsewhere = make_page(site, StandardPage, slug="elsewhere")
    now(old).move(now(elsewhere), pos="last-child")
    old.title = "Saved later"
    old.save()
    assert (now(old).title, now(old).url_path) == ("Saved later", "/home/elsewhere/how/")
    assert faults() == []


def test_a_page_is_made_and_moved_below_a_parent_that_moved_meanwhile(site, section):
    parents = [StandardPage.objects.get(slug="how", locale=site.locale) for _ in range(2)]
    elsewhere = make_page(site, StandardPage, slug="elsewhere")
    stale = make_page(site, StandardPage, slug="stale")
    now(parents[0]).move(elsewhere, pos="last-child")
    parents[0].add_child(instance=StandardPage(title="New", slug="new", live=False))
    now(elsewhere).move(now(section), pos="first-child")
    stale.move(parents[1], pos="last-child")
    assert now(stale).url_path == "/home/about/elsewhere/how/stale/"
    assert faults() == []


def test_a_page_that_was_read_before_it_was_deleted_does_not_come_back(section):
    old = now(section)
    now(section).delete()
    with pytest.raises(StandardPage.DoesNotExist):
        old.save()
    assert faults() == []


def test_a_rename_in_between_keeps_the_address_of_what_is_saved_after_it(site, section):
    child = StandardPage.objects.get(slug="how", locale=site.locale)
    publish(section, slug="about-us")
    child.title = "Saved later"
    child.save()
    assert now(child).url_path == "/home/about-us/how/"
    assert faults() == []


def test_the_tree_is_locked_in_a_transaction_only():
    with transaction.atomic():
        lock_tree()


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_would_hold_nothing_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        lock_tree()


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_an_admin_request_locks_the_tree_before_it_reads_it(site, admin_client):
    page = make_page(site, StandardPage)
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, site.pk])
    with CaptureQueriesContext(connection) as queries:
        admin_client.post(url)
    statements = [row["sql"] for row in queries]
    locked = next(n for n, sql in enumerate(statements) if "pg_advisory_xact_lock" in sql)
    read = [sql for sql in statements[:locked] if 'FROM "wagtailcore_page"' in sql]
    assert [sql for sql in read if "_bin/" not in sql] == []


def test_a_new_slug_holds_in_every_language_and_each_old_address_leads_on(section):
    publish(section, slug="about-us")
    assert {page.url_path for page in Page.objects.filter(depth__gt=2)} == {
        "/home/about-us/",
        "/home/about-us/how/",
        "/home-de/about-us/",
        "/home-de/about-us/how/",
    }
    for language in ("en", "de"):
        assert leads_to(f"/{language}/about/") == f"/{language}/about-us/"
        assert leads_to(f"/{language}/about/how/") == f"/{language}/about-us/how/"


def test_a_rename_and_its_redirects_are_one_transaction(section):
    with transaction.atomic():
        publish(section, slug="about-us")
        assert Redirect.objects.count() == 4
        transaction.set_rollback(True)
    assert not Redirect.objects.exists()
    assert {page.slug for page in Page.objects.filter(depth=3)} == {"about"}


def test_a_draft_of_a_translation_does_not_bring_back_the_old_slug(section):
    german = Page.objects.get(slug="about", locale__language_code="de").specific
    draft = german.save_revision()
    publish(section, slug="about-us")
    release(draft)
    assert now(german).url_path == "/home-de/about-us/"


def test_a_moved_section_leaves_a_redirect_for_each_page(site, section):
    elsewhere = make_page(site, StandardPage, slug="elsewhere")
    now(section).move(elsewhere, pos="last-child")
    assert leads_to("/en/about/") == "/en/elsewhere/about/"
    assert leads_to("/en/about/how/") == "/en/elsewhere/about/how/"
    assert Redirect.objects.count() == 4


def test_a_page_renamed_back_leads_to_itself_from_everywhere_else_only(section):
    publish(section, slug="about-us")
    publish(section, slug="about-them")
    publish(section, slug="about")
    assert leads_to("/en/about-us/") == leads_to("/en/about-them/") == "/en/about/"
    now(section).unpublish()
    assert Client().get("/en/about/").status_code == 404


def test_a_redirect_that_somebody_wrote_stays_as_it_is(section):
    site = Site.objects.get()
    own = Redirect.objects.create(old_path="/en/about", redirect_link="/en/own/", site=site)
    publish(section, slug="about-us")
    own.refresh_from_db()
    assert (own.redirect_link, own.redirect_page_id) == ("/en/own/", None)


def test_an_address_that_another_page_has_left_leads_to_the_last_who_left_it(site, section):
    publish(section, slug="about-us")
    other = make_page(site, StandardPage, slug="about")
    publish(other, slug="other")
    assert leads_to("/en/about/") == "/en/other/"
    assert Redirect.objects.filter(old_path="/en/about").count() == 1


def test_what_was_never_public_leaves_no_redirect(site):
    page = make_page(site, StandardPage, slug="draft", live=False)
    make_page(page, StandardPage, live=False)
    publish(page, slug="public")
    assert not Redirect.objects.exists()


@pytest.mark.deep
def test_a_section_of_more_than_a_thousand_pages_is_renamed_and_moved(site, section):
    pages = [StandardPage(title=f"Page {n}", slug=f"page-{n}", live=False) for n in range(1200)]
    for page in pages:
        section.add_child(instance=page)
    Page.objects.filter(slug__startswith="page-").update(first_published_at=section.go_live_at)
    Page.objects.filter(slug__startswith="page-").update(
        live=True, first_published_at=section.first_published_at
    )
    since = Change.objects.order_by("-number").values_list("number", flat=True).first()
    publish(section, slug="about-us")
    assert Redirect.objects.filter(old_path__startswith="/en/about/page-").count() == 1200
    assert Change.objects.after(since).filter(kind="renamed").count() == 1200 + 4
    elsewhere = make_page(site, StandardPage, slug="elsewhere")
    now(section).move(elsewhere, pos="last-child")
    assert leads_to("/en/about/page-7/") == "/en/elsewhere/about-us/page-7/"
    assert leads_to("/en/about-us/page-1199/") == "/en/elsewhere/about-us/page-1199/"
    assert faults() == []
