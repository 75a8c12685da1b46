"""A live page keeps its picture until another one was reviewed."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.editorial.in_use import FileInUse, showing
from cms.models import Image
from home.models import StandardPage
from tests.make import make_image, make_news, make_page, make_png

pytestmark = pytest.mark.django_db


def in_a_field(image):
    return make_news(image=image, image_alt="A door", title="Opening")


def in_the_body(image, home):
    value = {"image": image, "alt": "A door", "decorative": False, "caption": ""}
    return make_page(home, StandardPage, title="Opening", body=[("image", value)])


def post(client, image, **values):
    names = ["title", "description", "credit", "licence"]
    data = {name: getattr(image, name, "") for name in names} | {"tags": ""}
    for name in ("x", "y", "width", "height"):
        data[f"focal_point_{name}"] = getattr(image, f"focal_point_{name}") or ""
    data["collection"] = image.collection_id
    return client.post(reverse("wagtailimages:edit", args=[image.pk]), data | values)


def new_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("new.png", make_png(), "image/png")


def data_of(image) -> bytes:
    with Image.objects.get(pk=image.pk).open_file() as file:
        return file.read()


def shown(page) -> str:
    return Client().get(page.url).content.decode()


@pytest.mark.parametrize("place", ["field", "body"])
def test_the_file_of_a_live_page_is_not_replaced(site, person, place):
    image = make_image()
    page = in_a_field(image) if place == "field" else in_the_body(image, site)
    before, bytes_before = shown(page), data_of(image)
    response = post(person, image, file=new_file())
    errors = BeautifulSoup(response.content, "lxml").select(".w-field__errors")
    links = [link["href"] for error in errors for link in error.select("a")]
    assert "“Opening”" in "".join(error.text for error in errors)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert links == [edit, reverse("wagtailimages:add_multiple")]
    assert (shown(page), data_of(image)) == (before, bytes_before)


@pytest.mark.parametrize(
    "values",
    [
        {"credit": "Somebody else"},
        {"focal_point_x": 1, "focal_point_y": 1, "focal_point_width": 2, "focal_point_height": 2},
    ],
)
def test_what_visitors_see_of_a_picture_in_use_stays(site, person, values):
    image = make_image()
    page = in_a_field(image)
    before = shown(page)
    response = post(person, image, **values)
    assert response.status_code == 200
    assert "Visitors would see the change without a review." in response.content.decode()
    assert shown(page) == before
    assert Image.objects.filter(pk=image.pk, credit="SEMPRE", focal_point_x=None).exists()


def test_what_only_staff_see_of_a_picture_in_use_may_change(site, person):
    image = make_image()
    page = in_a_field(image)
    before = shown(page)
    assert post(person, image, title="Front door", description="A red door").status_code == 302
    image.refresh_from_db()
    assert (image.title, image.description) == ("Front door", "A red door")
    assert shown(page) == before


def test_a_file_that_nobody_uses_may_be_replaced(site, person, django_capture_on_commit_callbacks):
    image = make_image()
    old, storage = image.file.name, image.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        assert post(person, image, file=new_file(), credit="Somebody").status_code == 302
    image.refresh_from_db()
    assert image.credit == "Somebody"
    assert image.file.name != old
    assert not storage.exists(old)


def test_a_lost_file_in_use_may_be_brought_back(site, person):
    image = make_image()
    data = data_of(image)
    image.get_file_hash()
    in_a_field(image)
    image.file.storage.delete(image.file.name)
    assert post(person, image, file=new_file()).status_code == 200
    again = SimpleUploadedFile("again.png", data, "image/png")
    assert post(person, image, file=again).status_code == 302
    assert data_of(image) == data


def test_a_live_page_keeps_the_picture_that_its_draft_has_dropped(site, person):
    image = make_image()
    page = in_a_field(image)
    page.image = make_image()
    page.save_revision()
    assert showing(image) == [page.page_ptr]
    assert post(person, image, file=new_file()).status_code == 200


def test_a_planned_picture_is_not_replaced(site, person):
    image = make_image()
    page = make_news(live=False, image=image, image_alt="A door")
    assert showing(image) == []
    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    revision.save()
    assert post(person, image, file=new_file()).status_code == 200
    assert showing(image) == [page.page_ptr]


def test_a_picture_under_review_is_not_replaced(site, admin, person):
    image = make_image()
    page = make_news(live=False, image=image, image_alt="A door", introduction="Come in.")
    page.get_workflow().start(page, admin)
    assert page.current_workflow_state.status == "in_progress"
    assert post(person, image, file=new_file()).status_code == 200


def test_no_other_door_replaces_a_file_in_use(site):
    image = make_image()
    in_a_field(image)
    image.file = ContentFile(make_png(), name="new.png")
    with pytest.raises(FileInUse, match="Opening"):
        image.save()
    image = Image.objects.get(pk=image.pk)
    image.credit = "Somebody else"
    with pytest.raises(FileInUse):
        image.save()
