"""What the translation editor offers beside each text, and what people say about it."""

import pytest

from cms.translation import drafts, strings
from cms.translation.models import SegmentComment, Suggestion
from home.models import StandardPage
from tests.editing import told
from tests.make import make_news, make_page, publish
from tests.translating import segment, send
from tests.translation.desk import field, form_of, line, opened, press, soup, write

pytestmark = pytest.mark.django_db


def text_of(translation, path: str, number: int = 0) -> str:
    return segment(translation, path, number).text


def test_a_changed_source_is_shown_with_what_differs_and_its_translation_as_a_start(
    translation, page, writer
):
    write(writer, translation, {"introduction": "Was wir tun."})
    drafts.renew(translation.source, publish(page, introduction="What we did.\nAnd why."))
    shown = line(opened(writer, translation), translation, "introduction")
    assert "Source changed" in shown.text
    assert [tag.text for tag in shown.select("ins")] == ["did."]
    assert [tag.text for tag in shown.select("del")] == ["do."]
    button = shown.select_one("button[name=use]")
    answer = press(writer, translation, "use", button["value"])
    field_now = line(answer, translation, "introduction").select_one("textarea")
    assert field_now.text.strip() == "Was wir tun."
    assert segment(translation, "introduction").is_open
    press(writer, translation, form=form_of(answer))
    assert text_of(translation, "introduction") == "Was wir tun."


def test_the_memory_offers_what_was_translated_elsewhere(site, translation, writer):
    same = send(make_page(site, StandardPage, title="About", slug="same"), "de")
    strings.store(same, segment(same, "title"), "Über", writer)
    other = send(make_news(title="What we do at home. And why."), "de")
    strings.store(other, segment(other, "title"), "Was wir tun", writer)
    shown = opened(writer, translation)
    offered = line(shown, translation, "title").select_one(".translation-offers").text
    assert "Über" in offered
    assert "100 % alike" in offered
    offered = line(shown, translation, "introduction").select_one(".translation-offers").text
    assert "Was wir tun" in offered
    assert "% alike" in offered


def suggest(translation, text="Über uns (Maschine)") -> Suggestion:
    known = segment(translation, "title")
    place = {"string_id": known.string_id, "context_id": known.context_id}
    locale = translation.target_locale
    return Suggestion.objects.create(**place, locale=locale, text=text, tool="DeepL")


def test_a_machines_text_is_the_translation_when_a_person_has_confirmed_it(translation, writer):
    suggest(translation)
    assert segment(translation, "title").is_open
    press(writer, translation, "confirm", str(segment(translation, "title").id))
    made = segment(translation, "title")
    assert (made.text, made.by_machine, made.tool, made.by) == (
        "Über uns (Maschine)",
        True,
        "DeepL",
        writer,
    )
    assert not Suggestion.objects.exists()


def test_people_talk_about_a_text_and_settle_it(translation, writer):
    key = str(segment(translation, "title").id)
    form = form_of(opened(writer, translation)) | {f"comment-{key}": "Kürzer, <b>bitte</b>!"}
    form |= {field(translation, "introduction"): "Was?"}
    answer = press(writer, translation, "add-comment", key, form=form)
    assert "Kürzer, <b>bitte</b>!" in line(answer, translation, "title").text
    assert text_of(translation, "introduction") == "Was?"
    comment = SegmentComment.objects.get()
    assert (comment.made_by, comment.source_text) == (writer, "About")
    shown = opened(writer, translation, "?show=commented")
    hidden = [row["id"] for row in soup(shown).select(".translation-line[hidden]")]
    assert f"segment-{key}" not in hidden
    assert len(hidden) == len(soup(shown).select(".translation-line")) - 1
    press(writer, translation, "settle", f"{key}:{comment.pk}")
    comment.refresh_from_db()
    assert comment.settled_by == writer


def test_the_history_gives_a_text_back(translation, writer):
    for text in ("Eins", "Zwei"):
        write(writer, translation, {"title": text})
    key = str(segment(translation, "title").id)
    shown = line(opened(writer, translation, f"?history={key}"), translation, "title")
    assert "Eins" in shown.select_one(".translation-history").text
    button = shown.select_one("button[name=bring-back]")
    answer = press(writer, translation, "bring-back", button["value"])
    assert line(answer, translation, "title").select_one("textarea").text.strip() == "Eins"
    press(writer, translation, form=form_of(answer))
    assert text_of(translation, "title") == "Eins"


def test_a_link_may_lead_elsewhere_but_not_anywhere(translation, writer):
    link = soup(opened(writer, translation)).select_one("input[name^=link-]")["name"]
    form = form_of(opened(writer, translation))
    press(writer, translation, form=form | {link: "https://b.example/"})
    german = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    assert "https://b.example/" in str(german.body)
    answer = press(writer, translation, form=form | {link: "javascript:alert(1)"})
    assert "1 text was not saved" in told(answer)
    assert soup(answer).select_one(f"[name={link}]")["value"] == "javascript:alert(1)"
