"""The bin in the admin: who finds what in it, and that nothing in it can be worked on."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page, PagePermissionTester
from wagtail.permissions import page_permission_policy

from cms.editorial.along import keeping_translations
from cms.editorial.bin.deleting import throw_away
from cms.editorial.models import BinEntry
from cms.editorial.roles import EDITORS, PUBLISHERS
from cms.editorial.rule import InBin, in_bin
from home.models import StandardPage
from tests.make import make_page, translate

pytestmark = pytest.mark.django_db

LIST = "/admin/bin/"


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


def now(page) -> Page:
    return Page.objects.get(pk=page.pk).specific


@pytest.fixture
def make_client(site):
    """Signs somebody in who is member of a group with these rights on a page and below."""

    def make(name: str, group: str, *rights: str, page: Page = site) -> Client:
        group, _ = Group.objects.get_or_create(name=group)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for right in rights:
            permission = Permission.objects.get(codename=f"{right}_page")
            GroupPagePermission.objects.get_or_create(
                group=group, page=Page.objects.get(pk=page.pk), permission=permission
            )
        user = get_user_model().objects.create_user(name, f"{name}@example.org")
        user.groups.add(group)
        client = Client()
        client.user = user
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def editor(make_client):
    return make_client("editor", EDITORS, "add", "change")


@pytest.fixture
def publisher(make_client):
    return make_client("publisher", PUBLISHERS, "add", "change", "publish")


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def draft(site, title: str, **fields):
    return make_page(site, StandardPage, title=title, live=False, **fields)


def test_an_empty_bin_says_so(site, admin_client):
    assert "The bin is empty." in text_of(admin_client.get(LIST))


def test_the_list_tells_what_it_holds_who_deleted_it_and_how_long_it_stays(site, admin_client):
    page = make_page(site, StandardPage, title="About")
    make_page(page, StandardPage)
    translate(page, "de")
    delete(admin_client, page)
    list_ = BeautifulSoup(admin_client.get(LIST).content, "lxml").select_one("#listing-results")
    row = list_.select_one("tbody tr")
    cells = [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
    assert cells[1:4] == ["3", "English, Deutsch", "admin"]
    assert cells[5] == "30"
    assert {"Restore", "Delete for good"} <= {a.get_text(strip=True) for a in row.select("a")}


def test_before_a_deletion_one_reads_what_goes(site, admin_client):
    page = make_page(site, StandardPage, title="About")
    make_page(page, StandardPage)
    translate(page, "de")
    told = text_of(admin_client.get(reverse("wagtailadmin_pages:delete", args=[page.pk])))
    assert "1 page below it goes with it." in told
    assert "Also its translations: Deutsch" in told
    assert "stays in the bin for 30 days" in told
    assert now(page).live


def test_several_pages_are_deleted_at_once_and_each_can_be_restored_alone(site, admin_client):
    pages = [make_page(site, StandardPage, title=f"Page {n}") for n in range(3)]
    german = translate(pages[0], "de")
    query = "&".join(f"id={page.pk}" for page in [*pages[:2], german])
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    asked = text_of(admin_client.get(f"{url}?{query}"))
    assert "“Page 0” is moved to the bin" in asked
    assert "Also its translations: Deutsch" in asked
    answer = admin_client.post(f"{url}?{query}&next={LIST}", follow=True)
    assert "3 pages were moved to the bin." in text_of(answer)
    assert [in_bin(now(page)) for page in [*pages, german]] == [True, True, False, True]
    assert BinEntry.objects.count() == 2
    undo = BeautifulSoup(answer.content, "lxml").select_one("[data-w-action-url-value]")
    admin_client.post(undo["data-w-action-url-value"])
    assert [in_bin(now(page)) for page in [*pages, german]] == [False] * 4


def test_an_editor_restores_drafts_of_their_own_and_sees_no_other(site, editor, admin_client):
    own, others = draft(site, "Mine"), draft(site, "Theirs")
    delete(editor, own)
    delete(admin_client, others)
    assert "Mine" in text_of(editor.get(LIST))
    assert "Theirs" not in text_of(editor.get(LIST))
    mine, theirs = BinEntry.objects.get(title="Mine"), BinEntry.objects.get(title="Theirs")
    assert editor.post(reverse("bin:restore", args=[theirs.pk])).status_code == 404
    assert editor.post(f"{reverse('bin:undo')}?id={theirs.pk}").status_code == 404
    editor.post(reverse("bin:restore", args=[mine.pk]))
    assert [in_bin(now(own)), in_bin(now(others))] == [False, True]


def test_an_editor_deletes_nothing_for_good_and_a_publisher_does(site, editor, publisher):
    page = draft(site, "Mine")
    delete(editor, page)
    url = reverse("bin:purge", args=[BinEntry.objects.get().pk])
    assert "Delete for good" not in text_of(editor.get(LIST))
    editor.post(url)
    assert Page.objects.filter(pk=page.pk).exists()
    assert "Delete for good" in text_of(publisher.get(LIST))
    publisher.post(url)
    assert not Page.objects.filter(pk=page.pk).exists()


def test_who_may_not_publish_deletes_nothing_public(site, editor, publisher):
    page = make_page(site, StandardPage, title="Public")
    german = translate(page, "de")
    delete(editor, page)
    assert now(page).live
    with keeping_translations():
        now(page).unpublish()
    assert "is public in some language; you may not delete it" in text_of(delete(editor, page))
    assert [in_bin(now(page)), now(german).live] == [False, True]
    delete(publisher, page)
    assert [in_bin(now(page)), in_bin(now(german))] == [True, True]


def test_a_partner_whose_page_is_in_the_bin_finds_only_their_own_part_of_the_site(
    site, make_client, admin
):
    mine = draft(site, "Partner", slug="partner")
    client = make_client("partner", "Partner editors: partner", "add", "change", page=mine)
    throw_away(now(mine), admin)
    assert "Partner" not in text_of(client.get(LIST))
    assert page_permission_policy.explorable_root_instance(client.user) is None


@pytest.fixture
def binned(site, admin):
    """A page in the bin that everybody would otherwise be allowed everything with."""
    page = make_page(site, StandardPage, title="Findme", slug="findme")
    throw_away(page, admin)
    return now(page)


def test_nobody_may_do_anything_with_a_page_in_the_bin(site, binned, admin):
    asked = [name for name in dir(PagePermissionTester) if name.startswith("can_")]
    tester = binned.permissions_for_user(admin)
    assert len(asked) > 10
    answers = {}
    for name in asked:
        arguments = [site] if name in {"can_move_to", "can_copy_to"} else []
        answers[name] = getattr(tester, name)(*arguments)
    assert answers == dict.fromkeys(asked, False)
    outside = make_page(site, StandardPage).permissions_for_user(admin)
    assert outside.can_edit()
    assert not outside.can_move_to(binned)
    assert not outside.can_copy_to(binned)


ADDRESSES = [
    ("edit", "page_id"),
    ("copy", "page_id"),
    ("delete", "page_id"),
    ("history", "page_id"),
    ("view_draft", "page_id"),
    ("move", "page_to_move_id"),
    ("add_subpage", "parent_page_id"),
    ("revisions_index", "page_id"),
    ("usage", "page_id"),
]


@pytest.mark.parametrize(("name", "argument"), ADDRESSES, ids=[name for name, _arg in ADDRESSES])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_address_in_the_admin_leads_to_the_bin(binned, admin_client, name, argument, method):
    url = reverse(f"wagtailadmin_pages:{name}", kwargs={argument: binned.pk})
    answer = getattr(admin_client, method)(url, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "This page is in the bin. Restore it first." in text_of(answer)
    assert in_bin(now(binned))


LISTS = [
    "/admin/pages/search/?q=Findme",
    "/admin/pages/{parent}/",
    "/admin/pages/{parent}/?q=Findme",
    "/admin/choose-page/{parent}/",
    "/admin/choose-page/search/?q=Findme",
    "/admin/reports/locked/",
    "/admin/reports/aging-pages/",
    "/admin/",
]


@pytest.mark.parametrize("url", LISTS)
def test_the_admin_lists_no_page_of_the_bin(site, admin_client, admin, url):
    pages = [make_page(site, StandardPage, title=f"Findme {where}") for where in ("in", "out")]
    Page.objects.filter(pk__in=[p.pk for p in pages]).update(
        locked=True, locked_by=admin, locked_at=timezone.now()
    )
    url = url.format(parent=site.pk)
    shown = text_of(admin_client.get(url))
    assert ["Findme in" in shown, "Findme out" in shown] == [True, True]
    throw_away(pages[0], admin)
    shown = text_of(admin_client.get(url))
    assert ["Findme in" in shown, "Findme out" in shown] == [False, True]


def test_the_bin_itself_is_in_no_list(binned, admin_client):
    for url in ["/admin/pages/1/", "/admin/choose-page/1/", "/admin/pages/search/?q=_bin"]:
        assert (
            f"/{binned.get_parent().get_parent().pk}/" not in admin_client.get(url).content.decode()
        )
    assert "SEMPRE" in text_of(admin_client.get("/admin/pages/1/"))


def test_nothing_in_the_bin_goes_live_and_nothing_new_is_made_there(site, binned):
    with pytest.raises(InBin):
        binned.get_latest_revision().publish()
    with pytest.raises(InBin):
        binned.add_child(instance=StandardPage(title="New", slug="new"))
    with pytest.raises(InBin):
        make_page(site, StandardPage).move(binned, pos="last-child")
    assert not now(binned).live
    assert not now(binned).numchild


def test_no_translation_is_made_below_a_page_in_the_bin(site, admin):
    page = make_page(site, StandardPage, slug="about")
    german = translate(page, "de")
    throw_away(german, admin)
    child = make_page(page, StandardPage, slug="how")
    with pytest.raises(InBin):
        child.copy_for_translation(Locale.objects.get(language_code="de"))
    assert not Page.objects.filter(slug="how", locale__language_code="de").exists()


def test_what_cannot_be_undone_any_more_is_told(site, admin_client):
    page = draft(site, "About", slug="about")
    answer = delete(admin_client, page)
    undo = BeautifulSoup(answer.content, "lxml").select_one("[data-w-action-url-value]")
    draft(site, "Other", slug="about")
    told = text_of(admin_client.post(undo["data-w-action-url-value"], follow=True))
    assert "Another page stands at the old address “about” of “About” now." in told
    assert in_bin(now(page))
    assert admin_client.get(undo["data-w-action-url-value"]).status_code == 405
