"""`setup_site` makes a usable empty site, and changes nothing when it is run again."""

from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from cms.changes.models import Change
from home.models import HomePage
from tests.make import make_page, release

pytestmark = pytest.mark.django_db

LANGUAGES = ["de", "en", "et", "lt", "lv"]


def set_up() -> str:
    out = StringIO()
    call_command("setup_site", stdout=out)
    return out.getvalue()


def everything() -> dict:
    """All rows that the command may write, with all their values."""
    models = [Locale, Page, HomePage, Site, Group, Change]
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    memberships = Group.permissions.through.objects.order_by("pk").values()
    return rows | {"permissions": list(memberships)}


def test_it_makes_the_five_locales(site):
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == LANGUAGES
    assert Locale.get_default().language_code == "en"


def test_it_makes_one_published_home_page_and_nothing_else(site):
    pages = Page.objects.filter(depth__gt=1)
    assert [page.specific for page in pages] == [site]
    assert (site.live, site.slug, site.depth, site.locale.language_code) == (True, "home", 2, "en")
    root = Page.objects.get(depth=1)
    assert root.numchild == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_it_makes_the_groups_of_the_design(site):
    expected = {"Editors", "Publishers"}
    for language in LANGUAGES:
        expected |= {f"Translators: {language}", f"Language reviewers: {language}"}
    assert expected <= set(Group.objects.values_list("name", flat=True))
    for group in Group.objects.filter(name__in=expected):
        assert group.permissions.filter(codename="access_admin").exists(), group


def test_a_second_run_changes_nothing(site):
    before = everything()
    assert "The site is set up." in set_up()
    assert everything() == before


def test_a_second_run_keeps_what_people_have_written(site):
    page = make_page(site, type(site)._meta.apps.get_model("home.StandardPage"), title="About")
    site.hero_title = "Our own title"
    release(site.save_revision())
    set_up()
    site.refresh_from_db()
    assert site.hero_title == "Our own title"
    assert Page.objects.filter(pk=page.pk, live=True).exists()


def test_a_group_that_somebody_deleted_comes_back(site):
    Group.objects.get(name="Publishers").delete()
    set_up()
    assert Group.objects.filter(name="Publishers").exists()


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("https://sempre.example", "sempre.example", 443),
        ("http://sempre.example", "sempre.example", 80),
        ("http://127.0.0.1:8123", "127.0.0.1", 8123),
    ],
)
def test_the_address_of_the_site_comes_from_site_url(site, settings, address, host, port):
    settings.SITE_URL = address
    set_up()
    found = Site.objects.get()
    assert (found.hostname, found.port, found.is_default_site) == (host, port, True)
    assert found.root_page_id == site.pk
    assert found.site_name == settings.WAGTAIL_SITE_NAME


def test_the_empty_site_answers(site):
    response = Client().get("/en/")
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "lxml")
    assert page.html["lang"] == "en"
    assert len(page.select("h1")) == 1
    assert Client().get("/", headers={"accept-language": "en"}).headers["Location"] == "/en/"


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/livez", "/readyz"])
def test_the_empty_site_answers_machines(site, path):
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("path", ["/de/", "/en/news/", "/en/nothing/", "/xx/"])
def test_what_the_empty_site_does_not_have_is_not_found(site, path):
    assert Client().get(path).status_code == 404


def test_the_admin_of_the_empty_site_works(site, admin_client):
    names = [
        "wagtailadmin_home",
        "wagtailadmin_explore_root",
        "wagtailimages:index",
        "wagtaildocs:index",
        "wagtailadmin_reports:site_history",
        "wagtaillocales:index",
        "wagtailsites:index",
        "wagtailredirects:index",
        "wagtailusers_users:index",
    ]
    answers = {name: admin_client.get(reverse(name)).status_code for name in names}
    assert answers == dict.fromkeys(names, 200)
    for name in ("wagtailadmin_explore", "wagtailadmin_pages:edit"):
        assert admin_client.get(reverse(name, args=[site.pk])).status_code == 200


def test_a_stranger_is_asked_to_sign_in(site):
    response = Client().get(reverse("wagtailadmin_home"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse(settings.LOGIN_URL))
