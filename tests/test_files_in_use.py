"""A live page keeps its picture until another one was reviewed; no file in use is deleted."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.rich_text import RichText

from cms.editorial.in_use import FileInUse, showing
from cms.models import Document, Image
from home.models import StandardPage
from news.models import NewsPage
from tests.make import make_image, make_news, make_page, make_png, release, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian(site) -> Client:
    """Somebody who may do everything with files, and publish nothing."""
    group = Group.objects.create(name="Librarians")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    root = Collection.get_first_root_node()
    for name in ("add", "change", "choose", "delete"):
        for kind in ("image", "document"):
            for permission in Permission.objects.filter(codename=f"{name}_{kind}"):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=root, permission=permission
                )
    user = get_user_model().objects.create_user("librarian", "librarian@example.org", "a-password")
    user.groups.add(group)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(params=["librarian", "admin"])
def person(request, site) -> Client:
    """First somebody who may change files, then an administrator."""
    return request.getfixturevalue("librarian" if request.param == "librarian" else "admin_client")


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


def drop(page):
    """The page's next draft without the picture."""
    page.image, page.image_alt = None, ""
    return page.save_revision()


def held_by_a_live_page(image):
    make_news(title="Opening", image=image, image_alt="A door")


def held_by_a_live_page_whose_draft_has_dropped_it(image):
    drop(make_news(title="Opening", image=image, image_alt="A door"))


def held_by_a_draft(image):
    make_news(title="Opening", live=False, image=image, image_alt="A door")


def held_by_a_schedule_behind_which_people_went_on(image):
    page = make_news(title="Opening", live=False, image=image, image_alt="A door")
    page.latest_revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    page.latest_revision.save()
    drop(page)


def held_by_the_text_that_translations_are_made_from(image):
    page = make_news(title="Opening", image=image, image_alt="A door")
    translate(page, "de")
    NewsPage.objects.get(locale__language_code="de").delete()
    release(drop(NewsPage.objects.get(pk=page.pk)))


HOLDERS = [
    held_by_a_live_page,
    held_by_a_live_page_whose_draft_has_dropped_it,
    held_by_a_draft,
    held_by_a_schedule_behind_which_people_went_on,
    held_by_the_text_that_translations_are_made_from,
]


@pytest.mark.parametrize("hold", HOLDERS)
def test_a_picture_that_a_text_needs_is_not_deleted(site, person, hold):
    image = make_image()
    hold(image)
    url = reverse("wagtailimages:delete", args=[image.pk])
    bulk = reverse("wagtail_bulk_action", args=["cms", "image", "delete"]) + f"?id={image.pk}"
    for response in [
        person.get(url, follow=True),
        person.post(url, follow=True),
        person.post(f"{bulk}&next={reverse('wagtailimages:index')}", follow=True),
    ]:
        message = BeautifulSoup(response.content, "lxml").select_one(".messages").text
        assert "cannot be deleted. It is in use on: “Opening”." in message
    ajax = {"x-requested-with": "XMLHttpRequest"}
    person.post(reverse("wagtailimages:delete_multiple", args=[image.pk]), headers=ajax)
    assert data_of(image)


def test_a_picture_that_no_text_needs_is_deleted(site, person):
    image, other = make_image(), make_image()
    page = make_news(image=image, image_alt="A door")
    release(drop(page))
    assert person.post(reverse("wagtailimages:delete", args=[image.pk])).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["cms", "image", "delete"])
    assert person.post(f"{bulk}?id={other.pk}").status_code == 302
    assert not Image.objects.exists()


def make_document() -> Document:
    return Document.objects.create(title="Plan", file=ContentFile(b"a,b", name="plan.csv"))


def test_a_document_in_use_is_neither_replaced_nor_deleted(site, person):
    document = make_document()
    html = f'<p>See the <a linktype="document" id="{document.pk}">plan</a>.</p>'
    make_page(site, StandardPage, title="Opening", body=[("text", RichText(html))])
    data = {"title": "Plan", "tags": "", "collection": document.collection_id}
    upload = SimpleUploadedFile("new.csv", b"c,d", "text/csv")
    response = person.post(reverse("wagtaildocs:edit", args=[document.pk]), data | {"file": upload})
    assert "Visitors would see the change without a review." in response.content.decode()
    url = reverse("wagtaildocs:delete", args=[document.pk])
    assert "cannot be deleted" in person.post(url, follow=True).content.decode()
    bulk = reverse("wagtail_bulk_action", args=["cms", "document", "delete"])
    person.post(f"{bulk}?id={document.pk}")
    assert Document.objects.get(pk=document.pk).file.read() == b"a,b"


def test_a_document_that_nobody_uses_is_replaced_and_deleted(site, person):
    document = make_document()
    data = {"title": "Plan", "tags": "", "collection": document.collection_id}
    upload = SimpleUploadedFile("new.csv", b"c,d", "text/csv")
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert person.post(address, data | {"file": upload}).status_code == 302
    assert Document.objects.get(pk=document.pk).file.read() == b"c,d"
    assert person.post(reverse("wagtaildocs:delete", args=[document.pk])).status_code == 302
    assert not Document.objects.exists()


def test_a_collection_that_holds_files_is_not_deleted(site, admin_client):
    collection = Collection.get_first_root_node().add_child(name="Photos")
    image = make_image(collection=collection)
    url = reverse("wagtailadmin_collections:delete", args=[collection.pk])
    assert "1 image" in admin_client.get(url).content.decode()
    admin_client.post(url)
    assert Image.objects.get(pk=image.pk).collection == collection
    image.delete()
    admin_client.post(url)
    assert not Collection.objects.filter(pk=collection.pk).exists()
