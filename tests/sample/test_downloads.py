"""Every edition of the sample site at its address, and what stands at no address."""

import hashlib

import pytest
from lxml import html
from wagtail.models import Page, PageViewRestriction

from cms.editorial.along import keeping_translations
from cms.sample.editions.make import make_pdf
from publications.models import EditionFile, EditionRelease, PublicationPage
from tests.make import make_pdf as make_other_pdf
from tests.make import release

WORKS = {
    "empowerment-making-it-happen": (["en", "pl", "sv", "lv", "da", "de", "ru"], "_2018"),
    "practicing-user-involvement": (["en-pocket", "en-full"], "_2018"),
    "guidebook-for-empowerment-training": (["en", "ru"], "_2018"),
    "co-creating-social-services": (["en"], "_2018"),
    "policy-recommendations": (["en", "de", "et", "lv", "lt"], "_2019"),
    "flyer": (["en", "de"], ""),
}
EDITIONS = [(slug, name) for slug, (names, _year) in WORKS.items() for name in names]
FLYER = "/downloads/flyer/de.pdf"


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def page(slug: str) -> PublicationPage:
    return PublicationPage.objects.get(url_path=f"/home/publications/{slug}/").specific


def test_there_are_19_editions():
    assert len(EDITIONS) == EditionRelease.objects.count() == 19


@pytest.mark.parametrize(("slug", "name"), EDITIONS)
def test_the_edition_stands_at_its_address(client, slug, name):
    answer = client.get(f"/downloads/{slug}/{name}.pdf")
    data = body(answer)
    language, _, variant = name.partition("-")
    release = EditionRelease.objects.get(
        work=page(slug).translation_key, language=language, variant=variant
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert data == make_pdf(slug, language, variant)
    assert hashlib.sha256(data).hexdigest() == release.file.sha256
    assert answer.headers["ETag"] == f'"{release.file.sha256}"'
    assert int(answer.headers["Content-Length"]) == len(data) == release.file.bytes
    assert answer.headers["Content-Language"] == language
    # The year of the English recommendations is not known, that of their translations is.
    year = "" if (slug, name) == ("policy-recommendations", "en") else WORKS[slug][1]
    saved_as = f'filename="SEMPRE-{slug}_{name}{year}.pdf"'
    assert saved_as in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(("slug", "name"), EDITIONS)
def test_its_first_release_is_the_same_file_for_ever(client, slug, name):
    now = client.get(f"/downloads/{slug}/{name}.pdf")
    first = client.get(f"/downloads/{slug}/v1/{name}.pdf")
    assert first.headers["ETag"] == now.headers["ETag"]
    assert "immutable" in first.headers["Cache-Control"]
    assert "max-age=31536000" in first.headers["Cache-Control"]
    assert "no-cache" in now.headers["Cache-Control"]
    assert "immutable" not in now.headers["Cache-Control"]
    assert client.get(f"/downloads/{slug}/v2/{name}.pdf").status_code == 404


@pytest.mark.parametrize("address", [FLYER, "/downloads/flyer/v1/de.pdf"])
def test_what_the_reader_has_is_not_sent_again(client, address):
    etag = client.get(address).headers["ETag"]
    for told in [etag, f'"other", {etag}', f"W/{etag}", "*"]:
        answer = client.get(address, headers={"If-None-Match": told})
        assert answer.status_code == 304, told
        assert answer.headers["ETag"] == etag
        assert not answer.content
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_tells_all_but_the_bytes(client):
    got, told = client.get(FLYER), client.head(FLYER)
    assert told.status_code == 200
    assert body(told) == b""
    for name in ["Content-Length", "ETag", "Content-Type", "Content-Disposition"]:
        assert told.headers[name] == got.headers[name]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_file_can_only_be_read(client, method):
    assert getattr(client, method)(FLYER).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/downloads/flyer/fr.pdf",
        "/downloads/flyer/lv.pdf",
        "/downloads/flyer/en-pocket.pdf",
        "/downloads/practicing-user-involvement/en.pdf",
        "/downloads/flyer/EN.pdf",
        "/downloads/flyer/en-.pdf",
        "/downloads/flyer/-en.pdf",
        "/downloads/flyer/en",
        "/downloads/flyer/en.pdf/",
        "/downloads/flyer/en.pdf%00",
        "/downloads/flyer/en%00.pdf",
        "/downloads/fly%00er/en.pdf",
        "/downloads/flyer/en%0a.pdf",
        "/downloads/flyer/%F0%9F%92%A9.pdf",
        "/downloads/none/en.pdf",
        "/downloads/../flyer/en.pdf",
        "/downloads/flyer/v0/en.pdf",
        "/downloads/flyer/v2/en.pdf",
        "/downloads/flyer/v-1/en.pdf",
        "/downloads/flyer/v99999999999999999999999/en.pdf",
        "/downloads/flyer/vone/en.pdf",
        "/downloads/" + "x" * 3000 + "/en.pdf",
        "/downloads/",
        "/downloads/flyer/",
    ],
)
def test_nothing_stands_at(client, address):
    assert client.get(address).status_code == 404


def test_the_files_of_an_unpublished_work_are_gone(client):
    page("flyer").unpublish()
    assert client.get(FLYER).status_code == 404
    assert client.get("/downloads/flyer/v1/de.pdf").status_code == 404


def test_the_files_of_an_unpublished_work_are_gone_even_if_a_translation_is_public(client):
    address = "/downloads/policy-recommendations/lv.pdf"
    assert client.get(address).status_code == 200
    with keeping_translations():
        page("policy-recommendations").unpublish()
    assert client.get("/lv/publications/policy-recommendations/").status_code == 200
    assert client.get(address).status_code == 404
    assert address not in client.get("/lv/publications/policy-recommendations/").content.decode()


@pytest.mark.parametrize("url_path", ["/home/publications/flyer/", "/home/publications/", "/home/"])
def test_the_files_of_a_restricted_work_are_gone(client, url_path):
    PageViewRestriction.objects.create(
        page=Page.objects.get(url_path=url_path), restriction_type="login"
    )
    assert client.get(FLYER).status_code == 404
    assert client.get("/downloads/flyer/v1/de.pdf").status_code == 404


def test_a_new_file_is_current_and_the_old_one_keeps_its_number(client):
    old = client.get(FLYER).headers["ETag"]
    flyer, data = page("flyer"), make_other_pdf()
    edition = flyer.editions.get(language="de")
    edition.file = EditionFile.objects.from_bytes(data, "new.pdf")
    flyer.editions.add(edition)
    release(flyer.save_revision())
    assert body(client.get(FLYER)) == data
    assert body(client.get("/downloads/flyer/v2/de.pdf")) == data
    assert client.get("/downloads/flyer/v1/de.pdf").headers["ETag"] == old


def test_a_withdrawn_edition_is_410_and_names_the_others(client):
    flyer = page("flyer")
    flyer.editions.remove(flyer.editions.get(language="de"))
    release(flyer.save_revision())
    answer = client.get(FLYER)
    assert answer.status_code == 410
    main = html.fromstring(answer.content).xpath("//main")[0]
    assert "/downloads/flyer/en.pdf" in main.xpath(".//a/@href")
    assert FLYER not in main.xpath(".//a/@href")
    assert client.get("/downloads/flyer/v1/de.pdf").status_code == 200


def test_every_page_of_a_publication_links_to_each_of_its_editions(crawl):
    for slug, (names, _year) in WORKS.items():
        wanted = {f"/downloads/{slug}/{name}.pdf" for name in names}
        for language in ["en", "de", "et", "lt", "lv"]:
            path = f"/{language}/publications/{slug}/"
            if path in crawl:
                links = set(crawl[path].document.xpath("//main//a/@href"))
                assert {link for link in links if link.startswith("/downloads/")} == wanted
            index = crawl[f"/{language}/publications/"].document.xpath("//main//a/@href")
            assert wanted <= set(index)
