"""The translation editor without scripts: what is written is stored, or stays and says why not."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.translation import drafts, strings
from cms.translation.models import SegmentVersion
from home.models import StandardPage
from tests.editing import edit_url, told
from tests.make import make_page, make_recommendations
from tests.people import make_editor, make_publisher, make_user, send_back, signed_in
from tests.queries import queries_of
from tests.translating import fill_in, language_reviewer, segment, send, target, translator
from tests.translation.desk import field, form_of, line, opened, press, soup, words, write

pytestmark = pytest.mark.django_db

BLOCK = "22222222-2222-4222-8222-222222222222"


def text_of(translation, path: str, number: int = 0) -> str:
    return segment(translation, path, number).text


def test_each_text_says_where_it_stands(translation, writer):
    shown = opened(writer, translation)
    assert shown.status_code == 200
    assert "Title" in line(shown, translation, "title").text
    assert "Paragraph" in line(shown, translation, "body").text
    assert "List item" in line(shown, translation, "body", 1).text
    assert "Open" in line(shown, translation, "title").text
    link = line(shown, translation, "body").select_one(".translation-link")
    assert (link.text, link["title"]) == ("this", "https://a.example/")
    assert line(shown, translation, "title").select_one("textarea")["lang"] == "de"


def test_what_is_written_is_stored_and_said_by_whom(translation, writer):
    answer = write(writer, translation, {"title": "Über uns", "introduction": "Was?\r\nUnd wozu?"})
    assert "2 texts were saved." in told(answer)
    assert text_of(translation, "title") == "Über uns"
    assert text_of(translation, "introduction") == "Was?<br/>Und wozu?"
    assert "Greta" in line(answer, translation, "title").text
    assert not target(translation).live


def test_plain_text_may_hold_any_sign(translation, writer):
    write(writer, translation, {"title": "A <b> & “C” 'd'"})
    answer = opened(writer, translation)
    shown = line(answer, translation, "title").select_one("textarea").text
    assert shown.strip() == "A <b> & “C” 'd'"
    press(writer, translation)
    assert SegmentVersion.objects.count() == 1


def test_an_emptied_text_is_open_again(translation, writer):
    write(writer, translation, {"title": "Über uns"})
    write(writer, translation, {"title": " "})
    assert segment(translation, "title").is_open


BAD = {
    "a link that the source has not": ("body", 'Seht <a id="a7">das</a>.', "a7"),
    "an address of one's own": ("body", '<a href="https://b.example/">das</a>', "attributes"),
    "a script": ("body", "<script>alert(1)</script>", "script"),
    "too many signs": ("title", "x" * 256, "256 characters"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_refused_stays_in_the_form_and_all_else_is_stored(translation, writer, name):
    path, text, why = BAD[name]
    answer = write(writer, translation, {"introduction": "Was?", path: text})
    assert "1 text was not saved" in told(answer)
    shown = line(answer, translation, path)
    assert shown.select_one("textarea").text.strip() == text
    assert why in shown.select_one(".error-message").text
    assert text_of(translation, "introduction") == "Was?"
    assert segment(translation, path).is_open
    assert "<script>alert" not in str(shown)


def test_a_form_with_a_sign_that_is_no_text_changes_nothing(translation, writer):
    form = form_of(opened(writer, translation)) | {field(translation, "title"): "A\0B"}
    assert press(writer, translation, form=form).status_code == 400
    assert not SegmentVersion.objects.exists()


def test_the_newer_text_of_a_colleague_is_not_overwritten_unseen(translation, writer):
    form = form_of(opened(writer, translation))
    strings.store(translation, segment(translation, "title"), "Von Hans", make_user("hans"))
    form |= {field(translation, "title"): "Von Greta", field(translation, "introduction"): "Was?"}
    answer = press(writer, translation, form=form)
    shown = line(answer, translation, "title")
    assert shown.select_one("textarea").text.strip() == "Von Greta"
    assert "Von Hans" in shown.select_one(".translation-conflict").text
    assert text_of(translation, "title") == "Von Hans"
    assert text_of(translation, "introduction") == "Was?"
    press(writer, translation, form=form_of(answer))
    assert text_of(translation, "title") == "Von Greta"
    texts = SegmentVersion.objects.filter(context_id=segment(translation, "title").context_id)
    assert set(texts.values_list("text", flat=True)) == {"Von Hans", "Von Greta"}


def test_an_error_does_not_let_a_colleagues_text_pass_as_seen(translation, writer):
    form = form_of(opened(writer, translation))
    strings.store(translation, segment(translation, "title"), "Von Hans", make_user("hans"))
    answer = press(writer, translation, form=form | {field(translation, "title"): "x" * 256})
    form = form_of(answer) | {field(translation, "title"): "Von Greta"}
    press(writer, translation, form=form)
    assert text_of(translation, "title") == "Von Hans"


def lock(translation):
    page = target(translation)
    page.locked, page.locked_by = True, make_user("locker")
    page.save(update_fields=["locked", "locked_by"])


def review(translation):
    other = translator("de", "other")
    fill_in(translation, other)
    drafts.submit(translation, other)


@pytest.mark.parametrize("closed", [lock, review])
def test_what_was_written_while_it_was_closed_is_not_stored_and_not_lost(
    translation, writer, closed
):
    form = form_of(opened(writer, translation))
    closed(translation)
    before = text_of(translation, "title")
    answer = press(writer, translation, form=form | {field(translation, "title"): "Zu spät"})
    assert answer.status_code == 403
    assert line(answer, translation, "title").select_one("textarea").text.strip() == "Zu spät"
    assert text_of(translation, "title") == before


def test_a_locked_translation_is_read_only_and_says_who_unlocks_it(site, translation, writer):
    lock(translation)
    shown = opened(writer, translation)
    assert not soup(shown).select("textarea[name^=segment]:not([readonly])")
    assert "locked" in words(shown)
    assert not soup(shown).select("[form=translation-barrier]")
    publisher = make_publisher(Page.objects.get(pk=target(translation).get_parent().pk))
    button = soup(opened(publisher, translation)).select_one("[form=translation-barrier]")
    assert button.text.strip() == "Unlock"


def test_it_is_sent_to_review_and_comes_back(translation, writer):
    reviewer = language_reviewer()
    fill_in(translation, writer, leave=("title",))
    answer = write(writer, translation, {"title": "Über uns"}, action="submit")
    assert "was sent to review" in told(answer)
    assert target(translation).workflow_in_progress
    send_back(target(translation), reviewer, "Der Titel stimmt nicht.")
    shown = opened(writer, translation)
    assert "Der Titel stimmt nicht." in words(shown)
    assert "Submit for review again" in words(shown)


def test_what_is_written_stays_where_it_is_not_complete_enough(site, writer):
    translation = send(make_recommendations(), "de")
    answer = write(writer, translation, {"title": "Empfehlungen"}, action="submit")
    assert "not translated yet" in told(answer)
    assert not target(translation).workflow_in_progress
    assert text_of(translation, "title") == "Empfehlungen"


@pytest.mark.parametrize(
    "form",
    [
        {"action": "publish"},
        {"action": "approve", "step": "1"},
        {"action-publish": "1"},
        {"action-submit": "1"},
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
        {},
        {"settle": "1:1"},
        {"use": "0:0"},
        {"confirm": "x"},
        {"bring-back": ":"},
    ],
)
def test_a_forged_form_does_nothing(translation, site, form):
    fill_in(translation, translator())
    versions = SegmentVersion.objects.count()
    for user in (translator("de", "other"), make_editor(site), language_reviewer()):
        answer = signed_in(user).post(edit_url(target(translation)), form)
        assert answer.status_code in {302, 403}
    page = target(translation)
    assert not page.live
    assert not page.workflow_in_progress
    assert SegmentVersion.objects.count() == versions


def test_others_do_not_get_in(translation):
    for user in (translator("et"), make_user("nobody"), language_reviewer()):
        for url in (edit_url(target(translation)), preview_url(translation)):
            assert signed_in(user).get(url).status_code in {302, 403}


def preview_url(translation, *mode) -> str:
    return reverse("wagtail_localize:preview_translation", args=[translation.pk, *mode])


def test_the_preview_shows_the_texts_as_they_stand(translation, writer):
    write(writer, translation, {"title": "Über uns"})
    shown = signed_in(writer).get(preview_url(translation))
    assert soup(shown).select_one("h1").text.strip() == "Über uns"
    assert signed_in(writer).get(preview_url(translation, "x")).status_code == 404


def test_the_editor_asks_as_few_questions_for_a_long_page_as_for_a_short_one(site, writer):
    def made(count):
        text = "".join(f"<p>Sentence number {number} of them.</p>" for number in range(count))
        body = [{"type": "text", "id": BLOCK, "value": text}]
        page = make_page(site, StandardPage, title="Long", slug=f"long-{count}", body=body)
        translation = send(page, "de")
        fill_in(translation, writer, leave=("title",))
        return edit_url(target(translation))

    client = signed_in(writer)
    assert queries_of(client, made(40)) <= queries_of(client, made(2)) + 1
