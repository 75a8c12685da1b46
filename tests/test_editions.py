"""Editions and the ledger of their releases: one work, many files, addresses that never change."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from publications.models import Edition, EditionFile, EditionRelease, PublicationPage
from tests.make import make_edition, make_pdf, make_publication, publish, release, translate

pytestmark = pytest.mark.django_db


def with_editions(page, *editions: tuple[str, str, bytes]) -> PublicationPage:
    """Publish the page with these editions and no others."""
    page = PublicationPage.objects.get(pk=page.pk)
    page.editions = [make_edition(language, variant, data) for language, variant, data in editions]
    release(page.save_revision())
    return PublicationPage.objects.get(pk=page.pk)


def ledger(page) -> list[tuple[str, int, bool]]:
    """[("en-pocket", 1, False), ...]: each release with its number, and whether it is offered."""
    rows = EditionRelease.objects.of_work(page.translation_key)
    return [(row.name, row.number, row.withdrawn_at is None) for row in rows]


def get(path: str):
    return Client().get(f"/downloads/{path}")


def read(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.fixture
def files() -> list[bytes]:
    return [make_pdf() for _ in range(3)]


@pytest.fixture
def work(site, files):
    """A published handbook with an English and a Latvian edition."""
    return make_publication(
        slug="handbook", editions=[("en", "", files[0]), ("lv", "pocket", files[1])]
    )


def test_publishing_releases_every_edition(work, files):
    assert ledger(work) == [("en", 1, True), ("lv-pocket", 1, True)]
    assert read(get("handbook/en.pdf")) == files[0]
    assert read(get("handbook/lv-pocket.pdf")) == files[1]


def test_a_draft_releases_nothing(site, files):
    page = make_publication(slug="handbook", editions=[("en", "", files[0])], live=False)
    assert ledger(page) == []
    assert get("handbook/en.pdf").status_code == 404


def test_the_same_bytes_keep_their_number(work, files):
    publish(work, title="Another title")
    with_editions(work, ("en", "", files[0]), ("lv", "pocket", files[1]))
    assert ledger(work) == [("en", 1, True), ("lv-pocket", 1, True)]


def test_other_bytes_make_the_next_release_and_the_old_one_stays(work, files):
    with_editions(work, ("en", "", files[2]), ("lv", "pocket", files[1]))
    assert ledger(work) == [("en", 2, True), ("en", 1, True), ("lv-pocket", 1, True)]
    assert read(get("handbook/en.pdf")) == files[2]
    assert read(get("handbook/v1/en.pdf")) == files[0]
    assert read(get("handbook/v2/en.pdf")) == files[2]
    assert get("handbook/v3/en.pdf").status_code == 404


def test_the_first_bytes_again_are_a_third_release(work, files):
    with_editions(work, ("en", "", files[2]))
    with_editions(work, ("en", "", files[0]))
    assert ledger(work)[0] == ("en", 3, True)
    assert read(get("handbook/en.pdf")) == files[0]


def test_a_changed_title_of_an_edition_is_no_release(work, files):
    page = PublicationPage.objects.get(pk=work.pk)
    edition = page.editions.get(language="en")
    edition.title = "A better title"
    page.editions.add(edition)
    release(page.save_revision())
    assert ledger(work) == [("en", 1, True), ("lv-pocket", 1, True)]
    assert EditionRelease.objects.get(work=work.translation_key, language="en").title == (
        "A better title"
    )


def test_a_withdrawn_edition_is_gone_and_the_others_are_named(work, files):
    with_editions(work, ("lv", "pocket", files[1]))
    assert ledger(work) == [("en", 1, False), ("lv-pocket", 1, True)]
    response = get("handbook/en.pdf")
    assert response.status_code == 410
    links = BeautifulSoup(response.content, "lxml").select("main a[href]")
    assert any(a["href"].endswith("/downloads/handbook/lv-pocket.pdf") for a in links)


def test_a_withdrawn_edition_comes_back_under_its_number(work, files):
    with_editions(work, ("lv", "pocket", files[1]))
    with_editions(work, ("en", "", files[0]), ("lv", "pocket", files[1]))
    assert ledger(work) == [("en", 1, True), ("lv-pocket", 1, True)]
    assert read(get("handbook/en.pdf")) == files[0]


def test_a_withdrawn_edition_comes_back_with_other_bytes(work, files):
    with_editions(work, ("lv", "pocket", files[1]))
    with_editions(work, ("en", "", files[2]))
    assert ledger(work) == [("en", 2, True), ("en", 1, False), ("lv-pocket", 1, False)]
    assert read(get("handbook/en.pdf")) == files[2]


def test_a_renamed_publication_keeps_its_old_addresses(work, files):
    publish(work, slug="guide")
    assert read(get("handbook/en.pdf")) == files[0]
    assert read(get("handbook/v1/en.pdf")) == files[0]
    assert read(get("guide/en.pdf")) == files[0]


def test_no_other_work_gets_an_address_that_was_given(work):
    renamed = publish(work, slug="guide")
    other = PublicationPage(title="Other", slug="handbook", locale=work.locale)
    with pytest.raises(ValidationError) as told:
        renamed.get_parent().add_child(instance=other)
    assert "slug" in told.value.message_dict
    assert publish(renamed, slug="handbook").slug == "handbook"


def test_an_unpublished_or_deleted_work_hides_its_files_and_keeps_its_address(work):
    work.unpublish()
    assert get("handbook/en.pdf").status_code == 404
    assert get("handbook/v1/en.pdf").status_code == 404
    PublicationPage.objects.get(pk=work.pk).delete()
    with pytest.raises(ValidationError):
        make_publication(slug="handbook")


def test_publishing_a_work_again_releases_nothing_anew(work, files):
    work.unpublish()
    publish(work)
    assert ledger(work) == [("en", 1, True), ("lv-pocket", 1, True)]
    assert read(get("handbook/en.pdf")) == files[0]


def test_a_translation_has_no_editions_of_its_own_and_withdraws_none(work):
    german = translate(work, "de")
    publish(german)
    assert not Edition.objects.filter(page_id=german.pk).exists()
    assert ledger(work) == [("en", 1, True), ("lv-pocket", 1, True)]
    assert [row.name for row in german.releases] == ["en", "lv-pocket"]


def test_the_readers_language_stands_first(work):
    latvian = translate(work, "lv")
    assert [row.name for row in latvian.releases_here()] == ["lv-pocket"]
    assert [row.name for row in latvian.releases_elsewhere()] == ["en"]
    assert [row.name for row in work.releases] == ["en", "lv-pocket"]


def test_an_older_revision_published_again_brings_its_file_back(work, files):
    first = work.latest_revision
    with_editions(work, ("en", "", files[2]))
    release(first)
    assert read(get("handbook/en.pdf")) == files[0]
    assert ledger(work)[0] == ("en", 3, True)


def test_two_editions_of_one_language_and_variant_are_refused(site, files):
    with pytest.raises(ValidationError, match="same language and variant"):
        make_publication(editions=[("en", "", files[0]), ("en", "", files[1])])


def test_a_copy_in_the_admin_takes_no_editions(work, admin_client):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": work.get_parent().pk}
    url = reverse("wagtailadmin_pages:copy", args=[work.pk])
    response = admin_client.post(url, data | {"publish_copies": "1"})
    assert response.status_code == 302
    copy = PublicationPage.objects.get(slug="copy")
    assert copy.translation_key != work.translation_key
    assert not copy.editions.exists()
    publish(copy)
    assert ledger(copy) == []
    assert ledger(work) == [("en", 1, True), ("lv-pocket", 1, True)]


BAD_FILES = {
    "no PDF": (b"GIF89a", "This file is no PDF."),
    "zeros": (b"\0" * 2000, "This file is no PDF."),
    "truncated": (make_pdf(pages=3)[:700], "This PDF is damaged and cannot be read."),
    "only its first line": (b"%PDF-1.7\n", "This PDF is damaged and cannot be read."),
    "without pages": (make_pdf(pages=0), "A PDF of an edition has between 1 and 2000 pages."),
    "locked": (make_pdf(password="secret"), "This PDF is locked with a password."),
}
bad = pytest.mark.parametrize("name", BAD_FILES)


def stored() -> list[str]:
    folder = settings.MEDIA_ROOT / "editions"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@bad
def test_a_bad_file_is_refused_and_not_stored(db, name):
    data, message = BAD_FILES[name]
    before = stored()
    with pytest.raises(ValidationError) as told:
        EditionFile.objects.from_bytes(data, "handbook.pdf")
    assert told.value.messages == [message]
    assert not EditionFile.objects.exists()
    assert stored() == before


def upload(client, data: bytes, name: str = "handbook.pdf"):
    url = reverse("edition_file_chooser:create")
    form = BeautifulSoup(
        client.get(reverse("edition_file_chooser:choose")).json()["html"], "lxml"
    ).select_one("form[action='" + url + "']")
    field = form.select_one("input[type=file]")["name"]
    return client.post(url, {field: SimpleUploadedFile(name, data, "application/pdf")})


@bad
def test_the_upload_form_tells_what_is_wrong_with_a_bad_file(admin_client, name):
    data, message = BAD_FILES[name]
    response = upload(admin_client, data)
    assert response.status_code == 200
    assert message in BeautifulSoup(response.json()["htmlFragment"], "lxml").get_text()
    assert not EditionFile.objects.exists()


def test_the_upload_form_refuses_an_empty_file(admin_client):
    response = upload(admin_client, b"")
    assert "The submitted file is empty." in response.json()["htmlFragment"]
    assert not EditionFile.objects.exists()


def test_a_good_file_is_stored_once_with_its_facts(admin_client):
    data = make_pdf(title="Handbook", pages=3)
    first = upload(admin_client, data).json()["result"]
    again = upload(admin_client, data, "other-name.pdf").json()["result"]
    assert first["id"] == again["id"]
    file = EditionFile.objects.get()
    assert (file.pages, file.bytes, file.title) == (3, len(data), "Handbook")
    assert (file.name, file.tagged, file.encrypted) == ("handbook.pdf", False, False)
    assert f"{file.sha256}.pdf" in stored()
