"""No file is deleted that a text needs, and nobody gets a server error for trying."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection
from wagtail.rich_text import RichText

from cms.models import Document, Image
from home.models import StandardPage
from news.models import NewsPage
from tests.make import make_image, make_news, make_page, release, translate

pytestmark = pytest.mark.django_db


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
    assert Image.objects.get(pk=image.pk).file.size


def test_a_picture_that_no_text_needs_is_deleted(site, person):
    image, other = make_image(), make_image()
    page = make_news(image=image, image_alt="A door")
    release(drop(page))
    assert person.post(reverse("wagtailimages:delete", args=[image.pk])).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["cms", "image", "delete"])
    assert person.post(f"{bulk}?id={other.pk}").status_code == 302
    assert not Image.objects.exists()


def test_an_earlier_text_opens_without_the_picture_that_is_gone(site, admin_client):
    image = make_image()
    page = make_news(title="Opening", image=image, image_alt="A door")
    earlier = page.latest_revision
    release(drop(page))
    image.delete()
    names = ["revisions_revert", "revisions_view"]
    for name in names:
        url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, earlier.pk])
        assert admin_client.get(url).status_code == 200
    assert (earlier.as_object().image, earlier.as_object().title) == (None, "Opening")


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
