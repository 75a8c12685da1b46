"""The addresses that store single texts: for whom, when, and what they take."""

import json

import pytest
from django.urls import reverse
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from cms.translation import drafts
from cms.translation.models import SegmentVersion
from home.models import StandardPage
from tests.make import make_page, publish
from tests.people import make_user, signed_in
from tests.translating import fill_in, language_reviewer, segment, send, target, translator

pytestmark = pytest.mark.django_db

LINK = '<p>See <a href="https://a.example/">this</a> and <b>that</b>.</p>'
BLOCK = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def page(site):
    body = [{"type": "text", "id": BLOCK, "value": LINK}]
    return make_page(site, StandardPage, title="About", slug="about", body=body)


@pytest.fixture
def translation(page):
    return send(page, "de")


def text_url(translation, path="title", of=None) -> str:
    pk = segment(of or translation, path).id
    return reverse("wagtail_localize:edit_string_translation", args=[translation.pk, pk])


def link_url(translation) -> str:
    pk = OverridableSegment.objects.get(source=translation.source, data_json__contains="http").pk
    return reverse("wagtail_localize:edit_override", args=[translation.pk, pk])


def put(user, url: str, value):
    body = json.dumps({"value": value})
    return signed_in(user).put(url, body, content_type="application/json")


def stored() -> dict:
    rows = StringTranslation.objects.values_list("context__path", "data")
    return dict(rows) | dict(SegmentOverride.objects.values_list("context__path", "data_json"))


def test_a_translator_stores_and_takes_away_a_text_and_its_history_stays(translation):
    user = translator()
    assert put(user, text_url(translation), "Über uns").json()["data"] == "Über uns"
    assert put(user, text_url(translation), "Über SEMPRE").status_code == 200
    assert stored() == {"title": "Über SEMPRE"}
    assert signed_in(user).delete(text_url(translation)).status_code == 200
    assert stored() == {}
    texts = SegmentVersion.objects.values_list("text", flat=True)
    assert list(texts) == ["", "Über SEMPRE", "Über uns"]


def test_the_same_text_again_changes_nothing(translation):
    user = translator()
    put(user, text_url(translation), "Über uns")
    put(user, text_url(translation), "Über uns")
    assert SegmentVersion.objects.count() == 1


STRANGERS = {
    "a translator of another language": lambda: translator("et"),
    "a reviewer who is not asked": language_reviewer,
    "somebody without a role": lambda: make_user("nobody"),
    "a partner": lambda: make_user("", "Partner editors: nordregio"),
}


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("address", [text_url, link_url])
def test_others_change_nothing(translation, who, address):
    user = STRANGERS[who]()
    assert put(user, address(translation), "https://b.example/").status_code in {302, 403}
    assert signed_in(user).delete(address(translation)).status_code in {302, 403}
    assert stored() == {}


def lock(translation):
    page = target(translation)
    page.locked, page.locked_by = True, make_user("locker", "Editors")
    page.save(update_fields=["locked", "locked_by"])


def review(translation):
    writer = translator("de", "writer")
    fill_in(translation, writer)
    drafts.submit(translation, writer)


def stop(translation):
    type(translation).objects.filter(pk=translation.pk).update(enabled=False)


@pytest.mark.parametrize("closed", [lock, review, stop])
@pytest.mark.parametrize("address", [text_url, link_url])
def test_nothing_is_changed_while_it_is_locked_in_review_or_stopped(translation, closed, address):
    user = translator()
    closed(translation)
    before = stored()
    answer = put(user, address(translation), "https://b.example/")
    assert answer.status_code == 403
    assert "translation" in answer.json()["error_message"] or "locked" in answer.content.decode()
    assert signed_in(user).delete(address(translation)).status_code == 403
    assert stored() == before


def test_the_text_of_another_page_is_out_of_reach(site, translation):
    other = send(make_page(site, StandardPage, title="Other", slug="other"), "de")
    url = text_url(translation, of=other)
    assert put(translator(), url, "Stolen").status_code == 404
    assert stored() == {}


def test_a_text_that_the_source_has_lost_is_not_stored(page, translation):
    url = text_url(translation, "body")
    drafts.renew(translation.source, publish(page, body=[]))
    assert put(translator(), url, "Late").status_code == 404


BAD = {
    "nothing": "",
    "blanks": "  \n ",
    "a NUL": "A\0B",
    "a number": 7,
    "a list": ["x"],
    "too long": "x" * 256,
    "a script": "<script>alert(1)</script>",
    "a paragraph": "<p>Two</p><p>blocks</p>",
    "markup in a plain field": "<b>bold</b>",
    "a link of its own": '<a href="javascript:alert(1)">x</a>',
    "a link that the source has not": '<a id="a7">x</a>',
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_stand_there_is_refused_with_words(translation, what):
    put(translator("de", "writer"), text_url(translation), "Before")
    answer = put(translator(), text_url(translation), BAD[what])
    assert answer.status_code == 422
    assert answer.json()["error_message"]
    assert stored() == {"title": "Before"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"other": 1}', b'"value"', b"\xff\xfe"])
def test_a_damaged_request_is_refused(translation, body):
    answer = signed_in(translator()).put(
        text_url(translation), body, content_type="application/json"
    )
    assert answer.status_code in {400, 422}
    assert stored() == {}


def test_links_and_bold_words_are_kept_in_a_rich_text(translation):
    text = 'Siehe <b>das</b> und <a id="a1">dies</a>.'
    assert put(translator(), text_url(translation, "body"), text).status_code == 200
    fill_in(translation)
    page = drafts.make_draft(translation, None).as_object()
    assert '<a href="https://a.example/">dies</a>' in page.body[0].value.source


def test_a_link_leads_elsewhere_in_a_language(translation):
    assert put(translator(), link_url(translation), "https://a.example/de/").status_code == 200
    page = drafts.make_draft(translation, None).as_object()
    assert 'href="https://a.example/de/"' in page.body[0].value.source


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "java\tscript:alert(1)",
        "http://[",
        "",
        7,
        {"a": 1},
    ],
)
def test_a_link_that_nobody_may_be_sent_to_is_refused(translation, address):
    assert put(translator(), link_url(translation), address).status_code == 422
    assert stored() == {}
