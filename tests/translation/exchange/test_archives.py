"""Many files at once, and who gets and sends which."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.translation import drafts
from cms.translation.models import Upload
from home.models import StandardPage
from tests.exchanging import (
    archive,
    confirm,
    download,
    everything,
    msgstrs,
    packed,
    send_file,
    targets,
    texts_of,
    told,
)
from tests.make import make_page
from tests.people import make_user, signed_in
from tests.translating import fill_in, language_reviewer, send, target, translator

pytestmark = pytest.mark.django_db
LOGS = {"wagtailcore_modellogentry", "wagtailcore_pagelogentry"}


@pytest.fixture
def other(site):
    """Another page that was sent to the Germans."""
    return send(make_page(site, StandardPage, title="Where we are", slug="where"), "de")


@pytest.fixture
def estonian(page):
    return send(page, "et")


@pytest.fixture
def stranger(site):
    return signed_in(translator("et", "stranger"))


def own_tables() -> dict[str, str]:
    return {name: content for name, content in everything().items() if name not in LOGS}


def test_an_archive_holds_all_pages_of_a_locale(client, translation, other, estonian):
    names = [name.split("-", 1)[1] for name in archive(client, locale="de", kind="xliff")]
    assert sorted(names) == ["about-de.xlf", "home-de.xlf", "where-de.xlf"]
    assert len(archive(client, locale="de", kind="po")) == 3


def test_an_archive_of_what_is_open_leaves_finished_pages_out(client, translation, other, writer):
    fill_in(translation, writer)
    names = [name.split("-", 1)[1] for name in archive(client, locale="de", only="open")]
    assert sorted(names) == ["home-de.xlf", "where-de.xlf"]
    fill_in(other, writer, leave=("title",))
    assert b"Where we are" in b"".join(archive(client, locale="de", only="open").values())


def test_an_archive_of_a_selection(client, translation, other):
    by_target = archive(client, page=[target(other).pk])
    assert [name.split("-", 1)[1] for name in by_target] == ["where-de.xlf"]
    source = Page.objects.get(translation_key=other.source.object_id, locale__language_code="en")
    assert archive(client, page=[source.pk], locale="de").keys() == by_target.keys()


def test_a_translator_gets_only_their_own_language(client, stranger, translation, estonian):
    many = reverse("translation_download_many")
    for query in ({"locale": "de"}, {"page": [target(translation).pk]}):
        assert stranger.get(many, query).status_code == 302
    assert stranger.get(reverse("translation_download", args=[translation.pk])).status_code == 302
    assert len(archive(stranger, locale="et")) == 2


@pytest.mark.parametrize(
    "query",
    [{}, {"locale": "xx"}, {"page": "one"}, {"page": "²"}, {"locale": "de", "kind": "doc"}],
)
def test_addresses_that_name_nothing_are_not_found(client, translation, query):
    assert client.get(reverse("translation_download_many"), query).status_code == 404


def test_a_language_with_nothing_sent_says_so(site, stranger):
    response = stranger.get(reverse("translation_download_many"), {"locale": "et"}, follow=True)
    assert "There is nothing to download" in told(response)


def test_an_archive_comes_back_and_one_damaged_file_in_it_hurts_no_other(
    client, translation, other
):
    first = targets(download(client, translation), {"title": "Über uns"})
    second = msgstrs(download(client, other, "po"), {"title": "Wo wir sind"})
    files = {"../../a.xlf": first, "deep/b.po": second, "c.xlf": first[:200], "d.doc": b"x"}
    shown = send_file(client, packed(files | {"again.xlf": first}), "all.zip")
    assert "The file is damaged" in told(shown)
    assert "is not known here" in told(shown)
    assert "Another file of this upload is of the same translation." in told(shown)
    assert "2 entries were stored." in told(confirm(client, shown))
    assert texts_of(translation) == {"title": "Über uns"}
    assert texts_of(other) == {"title": "Wo wir sind"}


def test_an_archive_of_everything_comes_back_without_a_change(client, translation, other, writer):
    fill_in(translation, writer)
    for kind in ("xliff", "po"):
        before = everything()
        shown = send_file(client, packed(archive(client, locale="de", kind=kind)), "all.zip")
        confirm(client, shown)
        assert everything() == before


def po_address(name: str, translation) -> str:
    return reverse(f"wagtail_localize:{name}_pofile", args=[translation.pk])


def test_the_po_addresses_of_wagtail_localize_are_ours(client, translation, other):
    data = client.get(po_address("download", translation)).content
    changed = msgstrs(data, {"title": "Über uns"})
    address = po_address("upload", translation)
    shown = send_file(client, changed, "about.po", address)
    assert texts_of(translation) == {}
    confirm(client, shown)
    assert texts_of(translation) == {"title": "Über uns"}
    shown = send_file(client, changed, "about.po", po_address("upload", other))
    assert "This file was made for another translation than this one." in told(shown)


def test_a_file_of_a_foreign_language_is_refused(client, stranger, translation, estonian):
    changed = targets(download(client, translation), {"title": "Meist"})
    before = own_tables()
    assert "You may not change this translation." in told(send_file(stranger, changed))
    po = client.get(po_address("download", translation)).content
    send_file(stranger, po, "about.po", po_address("upload", translation))
    assert stranger.get(po_address("download", translation)).status_code == 302
    assert own_tables() == before
    assert not Upload.objects.exists()


def test_a_file_for_a_page_in_review_or_under_a_lock_is_refused(client, translation, writer):
    language_reviewer()
    fill_in(translation, writer)
    changed = targets(download(client, translation), {"title": "Über uns"})
    shown = send_file(client, changed)
    drafts.submit(translation, writer)
    again = confirm(client, shown)
    assert "is in review" in told(again)
    confirm(client, again)
    assert "is in review" in told(send_file(client, changed))
    drafts.take_back(translation, writer)
    Page.objects.filter(pk=target(translation).pk).update(locked=True)
    assert "is locked" in told(send_file(client, changed))
    assert texts_of(translation)["title"] == "de About us"


def test_a_stopped_translation_takes_no_file(client, translation):
    changed = targets(download(client, translation), {"title": "Über uns"})
    type(translation).objects.update(enabled=False)
    assert "was stopped" in told(send_file(client, changed))


def test_somebody_without_a_language_has_nothing_to_do_with_files(site):
    client = signed_in(make_user("reader", "Partner editors: nordregio"))
    assert client.get(reverse("translation_exchange")).status_code == 302
    assert client.get(reverse("glossary:index")).status_code == 302
    send_file(client, b"x", "a.po")
    assert not Upload.objects.exists()


def test_a_discarded_file_is_forgotten(client, translation):
    send_file(client, targets(download(client, translation), {"title": "Über uns"}))
    upload = Upload.objects.get()
    client.post(reverse("translation_upload", args=[upload.pk]), {"discard": "yes"})
    assert not Upload.objects.exists()
    assert texts_of(translation) == {}
