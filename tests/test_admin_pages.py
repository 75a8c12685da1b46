"""Each page type in the hands of an administrator: written, previewed, published, deleted."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    querydict_from_html,
    streamfield,
)

from cms.editorial.rule import in_bin
from cms.models import BasePage
from home.models import HomePage, StandardPage
from partners.models import (
    PartnerPage,
)
from publications.models import (
    PublicationPage,
    RecommendationsPage,
)
from tests.make import make_image
from tests.page_forms import CASES, TEXT, body, filled_in, home
from tests.people import action_url, signed_in

pytestmark = pytest.mark.django_db

each_type = pytest.mark.parametrize("model", CASES, ids=lambda model: model.__name__)


def add_url(model, parent, name: str = "add") -> str:
    labels = (model._meta.app_label, model._meta.model_name, parent.pk)
    return reverse(f"wagtailadmin_pages:{name}", args=labels)


def create(client, model, **fields) -> Page:
    """The page that the editor's form makes."""
    parent = CASES[model][0]()
    response = client.post(add_url(model, parent), filled_in(model, **fields))
    assert response.status_code == 302, errors_in(response)
    return model.objects.get(slug="a-new-page")


def errors_in(response) -> str:
    page = BeautifulSoup(response.content, "lxml")
    return " / ".join(tag.get_text(" ", strip=True) for tag in page.select(".error-message, li"))


def test_every_page_type_has_a_case():
    concrete = {model for model in get_page_models() if issubclass(model, BasePage)}
    assert set(CASES) == concrete


def shown_text(response) -> str:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml").get_text()


def bare(model) -> dict:
    """The form of a page that somebody has just begun; dates are filled in beforehand."""
    names = ["comments", *(name for name in FORMSETS if hasattr(model, name))]
    rows = {name: inline_formset([]) for name in names}
    rows |= {"body": streamfield([])} if hasattr(model, "body") else {}
    dates = {"published_on": "2019-12-02", "start": "2016-03-01"}
    return nested_form_data({"title": "Hardly begun", "slug": ""} | rows | dates)


FORMSETS = ["activities", "editions", "authors", "recommendations", "related"]


@each_type
def test_a_new_page_can_be_previewed_before_it_is_saved(site, admin_client, model):
    parent = CASES[model][0]()
    assert model in parent.specific.creatable_subpage_models()
    assert 'name="title"' in admin_client.get(add_url(model, parent)).content.decode()
    url = add_url(model, parent, "preview_on_add")
    assert admin_client.post(url, bare(model)).json()["is_valid"]
    assert "Hardly begun" in shown_text(admin_client.get(url))
    assert admin_client.post(url, filled_in(model)).json()["is_valid"]
    assert "A new page" in shown_text(admin_client.get(url))


@each_type
def test_a_new_page_is_a_draft_that_can_be_previewed_with_changes(site, admin_client, model):
    page = create(admin_client, model)
    assert (page.live, page.has_unpublished_changes) == (False, True)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = edited(admin_client, page, title="Another title")
    assert admin_client.post(url, data).json()["is_valid"]
    assert "Another title" in shown_text(admin_client.get(url))
    assert "A new page" in shown_text(
        admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    )


def edited(client, page, **fields) -> dict:
    """What the edit form would send, with these fields changed and the body written anew."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.get(url).content.decode()
    data = querydict_from_html(html, form_id="page-edit-form").dict()
    data |= nested_form_data(body()) if hasattr(page, "body") else {}
    return data | fields


def submitted(client, model) -> Page:
    """A new page sent to review; a home page has a workflow from its first draft on."""
    page = create(client, model, **{"action-submit": "1"})
    if model is HomePage:
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert client.post(url, edited(client, page) | {"action-submit": "1"}).status_code == 302
    return page


def approve(page) -> None:
    """Somebody else approves, through the admin."""
    reviewer = get_user_model().objects.filter(username="reviewer").first()
    reviewer = reviewer or get_user_model().objects.create_superuser("reviewer", "r@example.org")
    response = signed_in(reviewer).post(action_url(page, "approve"), {"comment": ""})
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.live


@each_type
def test_a_reviewed_page_is_read_by_everybody_and_changed_in_the_editor(site, admin_client, model):
    page = submitted(admin_client, model)
    assert Client().get(page.url).status_code == 404
    approve(page)
    shown = BeautifulSoup(Client().get(page.url).content, "lxml")
    assert [h1.get_text(strip=True) for h1 in shown.select("h1")] == ["A new page"]
    if hasattr(model, "body") or model is PartnerPage:
        assert TEXT in shown.get_text()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = edited(admin_client, page, introduction="Said better.") | {"action-submit": "1"}
    response = admin_client.post(url, data)
    assert response.status_code == 302, errors_in(response)
    assert "Said better." not in shown_text(Client().get(page.url))
    approve(page)
    assert (page.introduction, page.has_unpublished_changes) == ("Said better.", False)
    assert "Said better." in shown_text(Client().get(page.url))


@each_type
def test_a_page_is_deleted(site, admin_client, model):
    page = submitted(admin_client, model)
    approve(page)
    assert Client().get(page.url).status_code == 200
    url = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert admin_client.get(url).status_code == 200
    assert admin_client.post(url).status_code == 302
    assert in_bin(Page.objects.get(pk=page.pk))
    assert Client().get(page.url).status_code == 404


def test_a_page_without_title_is_refused_with_a_message(site, admin_client):
    response = admin_client.post(add_url(StandardPage, home()), filled_in(StandardPage, title=""))
    assert "This field is required" in shown_text(response)
    assert not StandardPage.objects.exists()


def test_an_image_that_nobody_can_hear_is_refused_with_a_message(site, admin_client):
    fields = {"image": str(make_image().pk), "image_alt": "", "action-submit": "1"}
    data = filled_in(StandardPage, **fields)
    response = admin_client.post(add_url(StandardPage, home()), data)
    assert "Write an alt text, or mark the image as decorative." in shown_text(response)
    assert not StandardPage.objects.exists()


TWINS = [
    (PublicationPage, "editions", "Two editions have the same language and variant."),
    (RecommendationsPage, "recommendations", "Two recommendations have the same anchor."),
]


@pytest.mark.parametrize(("model", "name", "message"), TWINS, ids=["editions", "anchors"])
@pytest.mark.parametrize("action", ["action-submit", "action-draft"])
def test_twins_on_a_publication_are_refused_with_a_message(
    site, admin_client, model, name, message, action
):
    once = CASES[model][1]()
    row = once[name]["0"]
    data = filled_in(model, **{name: inline_formset([row, row]), action: "1"})
    response = admin_client.post(add_url(model, CASES[model][0]()), data)
    assert message in shown_text(response)
    assert not model.objects.exists()
