"""The review of a translation on its own screen, and starting a stopped one again."""

import pytest

from cms.translation import drafts, strings
from cms.translation.models import DraftBasis, SegmentComment, SegmentVersion
from home.models import StandardPage
from tests.editing import edit_url, told
from tests.make import make_page, publish
from tests.people import approve, current, make_publisher, save, signed_in
from tests.translating import fill_in, language_reviewer, segment, send, target, translator
from tests.translation.desk import form_of, opened, press, soup, words

pytestmark = pytest.mark.django_db

BLOCK = "11111111-1111-4111-8111-111111111111"
BODY = "<p>One <b>two</b>.</p><p>Three.</p>"


def body(html: str):
    return [{"type": "text", "id": BLOCK, "value": html}]


@pytest.fixture
def page(site):
    return make_page(site, StandardPage, title="About", slug="about", body=body(BODY))


@pytest.fixture
def writer(site):
    return translator("de", "greta")


@pytest.fixture
def reviewer(site):
    return language_reviewer("de", "rita")


@pytest.fixture
def sent(page, writer):
    translation = send(page, "de")
    fill_in(translation, writer)
    drafts.submit(translation, writer)
    return translation


def pairs(response) -> list[tuple[str, str]]:
    """(source, translation) of each line."""
    rows = soup(response).select(".translation-line")
    return [
        tuple(row.select_one(f".translation-line__{side} .translation-text").text for side in SIDES)
        for row in rows
    ]


SIDES = ("source", "target")


def test_the_reviewer_reads_source_and_translation_side_by_side(sent, reviewer):
    shown = opened(reviewer, sent)
    assert pairs(shown) == [
        ("About", "de About"),
        ("One two.", "de One two."),
        ("Three.", "de Three."),
    ]
    assert not soup(shown).select("textarea[name^=segment]")
    assert "Sent to review by Greta" in words(shown)
    frame = soup(shown).select_one("[data-controller=translation-preview]")
    address = frame["data-translation-preview-url-value"]
    assert "de One" in signed_in(reviewer).get(address).content.decode()


def test_approving_makes_public_what_was_read(sent, reviewer):
    answer = press(reviewer, sent, value="approve")
    assert "is approved" in told(answer)
    german = target(sent)
    assert (german.live, german.title) == (True, "de About")


def test_what_is_read_is_the_version_under_review_and_not_what_was_sent_since(
    sent, page, reviewer, writer
):
    source = publish(page, title="About us", body=body("<p>Three.</p><p>Four.</p>"))
    drafts.renew(sent.source, source)
    shown = opened(reviewer, sent)
    assert "The source was changed since" in words(shown)
    assert pairs(shown) == [
        ("About", "de About"),
        ("One two.", "de One two."),
        ("Three.", "de Three."),
    ]
    press(reviewer, sent, value="approve")
    assert target(sent).title == "de About"
    assert target(sent).translation_basis.state == "outdated"


def test_what_differs_from_the_live_translation_is_marked(sent, page, reviewer, writer):
    approve(target(sent), reviewer)
    strings.store(sent, segment(sent, "title"), "Über About", writer)
    drafts.submit(sent, writer)
    shown = opened(reviewer, sent)
    title, first, _second = soup(shown).select(".translation-line")
    assert [tag.text for tag in title.select("ins")] == ["Über"]
    assert [tag.text for tag in title.select("del")] == ["de"]
    assert not first.select("ins, del")


def test_missing_texts_are_told(page, writer, reviewer):
    translation = send(page, "de")
    fill_in(translation, writer, leave=("body",))
    drafts.submit(translation, writer)
    shown = opened(reviewer, translation)
    assert "2 texts are still in the language of the source" in words(shown)
    assert soup(shown).select(".translation-line__target [lang=en]")


def test_who_sends_back_says_why(sent, reviewer, writer):
    answer = press(reviewer, sent, value="reject")
    assert "Say what is to be changed." in words(answer)
    assert target(sent).workflow_in_progress
    form = form_of(opened(reviewer, sent)) | {"comment": "Der Titel!"}
    answer = press(reviewer, sent, value="reject", form=form)
    assert "goes back" in told(answer)
    assert "Der Titel!" in words(opened(writer, sent))


def test_a_comment_beside_a_text_reaches_the_translator(sent, reviewer, writer):
    key = soup(opened(reviewer, sent)).select(".translation-line")[1]["id"].split("-", 1)[1]
    form = form_of(opened(reviewer, sent)) | {f"comment-{key}": "Besser: eins."}
    press(reviewer, sent, "add-comment", key, form=form)
    assert SegmentComment.objects.get().source_text == "One <b>two</b>."
    press(reviewer, sent, value="reject")
    row = soup(opened(writer, sent)).select(".translation-line")[1]
    assert "Besser: eins." in row.text
    assert "Rita" in row.text


def test_a_stale_approval_is_refused(sent, reviewer, writer):
    form = form_of(opened(reviewer, sent))
    drafts.take_back(sent, writer)
    strings.store(sent, segment(sent, "title"), "Anders", writer)
    drafts.submit(sent, writer)
    answer = press(reviewer, sent, value="approve", form=form)
    assert "Meanwhile" in told(answer)
    assert not target(sent).live


def test_nobody_decides_on_their_own_work_or_unasked(sent, writer, reviewer):
    form = form_of(opened(reviewer, sent))
    writer.groups.add(*reviewer.groups.all())
    shown = opened(writer, sent)
    assert not soup(shown).select("[value=approve]")
    for user in (writer, translator("de", "other")):
        press(user, sent, value="approve", form=form)
    assert not target(sent).live


def test_the_step_of_another_page_is_not_decided_here(site, sent, writer, reviewer):
    other = send(make_page(site, StandardPage, title="Other", slug="other"), "de")
    fill_in(other, writer)
    drafts.submit(other, writer)
    form = form_of(opened(reviewer, other))
    press(reviewer, sent, value="approve", form=form)
    for number in ("", "x", "9" * 30, "-1"):
        press(reviewer, sent, value="approve", form=form | {"step": number})
    assert not target(sent).live
    assert not target(other).live


def test_who_sent_it_takes_it_back_and_writes_on(sent, writer):
    shown = opened(writer, sent)
    assert "Take it back" in words(shown)
    answer = press(writer, sent, value="take-back")
    assert soup(answer).select("textarea[name^=segment]:not([readonly])")
    other = translator("de", "other")
    drafts.submit(sent, writer)
    assert "Take it back" not in words(opened(other, sent))
    press(other, sent, value="take-back")
    assert target(sent).workflow_in_progress


def test_an_approved_text_that_waits_for_its_source_says_so(site, writer, reviewer):
    page = make_page(site, StandardPage, live=False, title="Soon", slug="soon")
    translation = send(page, "de", page.get_latest_revision())
    fill_in(translation, writer)
    drafts.submit(translation, writer)
    press(reviewer, translation, value="approve")
    assert DraftBasis.objects.filter(waits=True).exists()
    assert "goes live together with the text of its source" in words(opened(writer, translation))


def stop(translation) -> None:
    type(translation).objects.filter(pk=translation.pk).update(enabled=False)


def start(user, translation):
    url = edit_url(target(translation))
    return signed_in(user).post(url, {"localize-restart-translation": "1"}, follow=True)


def test_what_was_written_by_hand_while_it_was_stopped_is_taken_over(site, page, writer):
    translation = send(page, "de")
    fill_in(translation, writer)
    drafts.make_draft(translation, writer)
    publisher = make_publisher(current(target(translation).get_parent()))
    stop(translation)
    html = "<p>de <b>Von Hand</b>.</p><p>de Three.</p><p>Mehr.</p>"
    save(target(translation), publisher, title="Von Hand", body=body(html))
    answer = start(publisher, translation)
    assert "2 texts that were written by hand" in told(answer)
    assert "1 text has no place" in told(answer)
    assert segment(translation, "title").text == "Von Hand"
    assert segment(translation, "body").text == "de <b>Von Hand</b>."
    assert segment(translation, "body", 1).text == "de Three."
    assert SegmentVersion.objects.filter(text="de About").exists()


def test_only_those_who_answer_for_the_page_start_it_again(page, writer):
    translation = send(page, "de")
    stop(translation)
    assert start(writer, translation).status_code in {200, 403}
    translation.refresh_from_db()
    assert not translation.enabled
