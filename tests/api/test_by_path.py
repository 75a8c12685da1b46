"""Pages and redirects by their addresses on the site."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from tests.make import make_news, publish, translate

pytestmark = pytest.mark.django_db

BY_PATH = "pages/by-path"


def status_of(client, path: str) -> int:
    return client.get(f"/api/v1/{BY_PATH}", {"path": path}).status_code


@pytest.mark.parametrize("path", ["/en/news/x/", "/en/news/x", "/en/news/x/?from=mail#top"])
def test_a_page_is_found_at_its_address(home, get, path):
    page = make_news(slug="x")
    assert get(BY_PATH, path=path) == get(f"pages/{page.pk}")


def test_home_pages_are_found_at_their_locales(home, get):
    assert get(BY_PATH, path="/en/")["id"] == home.pk
    assert get(BY_PATH, path="/de/")["id"] == home.get_translations().get().pk


def test_a_missing_translation_is_not_found(home, client):
    make_news(slug="x")
    assert status_of(client, "/de/news/x/") == 404


def test_a_renamed_page_answers_with_where_it_went(home, get, django_capture_on_commit_callbacks):
    page = make_news(slug="old")
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, slug="new")
    target = {"to": "http://testserver/en/news/new/", "permanent": True}
    assert get(BY_PATH, path="/en/news/old/") == {"redirect": target}


def test_redirects_that_editors_wrote_are_told(home, get):
    Redirect.add_redirect("/handbook", "https://example.org/book", is_permanent=False)
    Redirect.add_redirect("/old?id=7", home)
    answer = get(BY_PATH, path="/handbook/")
    assert answer == {"redirect": {"to": "https://example.org/book", "permanent": False}}
    assert get(BY_PATH, path="/old?id=7")["redirect"]["to"] == "http://testserver/en/"


def test_the_front_door_leads_to_the_best_locale(home, client):
    response = client.get(
        f"/api/v1/{BY_PATH}", {"path": "/"}, headers={"Accept-Language": "de-AT,en;q=0.5"}
    )
    assert response.json() == {"redirect": {"to": "http://testserver/de/", "permanent": False}}


def test_a_redirect_to_what_is_not_public_tells_nothing(home, client):
    draft = make_news(live=False)
    Redirect.add_redirect("/draft", draft)
    assert status_of(client, "/draft/") == 404


def test_a_redirect_to_a_script_is_not_passed_on(home, client):
    Redirect.objects.create(old_path="/x", redirect_link="javascript:alert(1)")
    assert status_of(client, "/x/") == 404


def test_a_restricted_page_is_not_found(home, client):
    page = make_news(slug="x")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert status_of(client, "/en/news/x/") == 404


def test_a_translation_is_found_with_its_own_locale(home, get):
    page = make_news(slug="x")
    german = translate(page, "de")
    answer = get(BY_PATH, path="/de/news/x/")
    assert (answer["id"], answer["requested_locale"]) == (german.pk, "de")
