"""Files for translators go out with all that helps, and come back with what was translated."""

import polib
import pytest
from lxml import etree

from cms.translation import drafts, strings
from cms.translation.exchange.schema import problems
from cms.translation.models import GlossaryTerm, SegmentComment, SegmentVersion, Suggestion, Upload
from cms.translation.segments import TranslatedTexts
from tests.exchanging import (
    CHANGE,
    EXTENSIONS,
    XLF,
    confirm,
    download,
    everything,
    msgstrs,
    send_and_confirm,
    send_file,
    targets,
    texts_of,
    told,
)
from tests.make import publish
from tests.people import signed_in
from tests.translating import fill_in, segment
from tests.translation.exchange.conftest import BODY

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("kind", ["xliff", "po"])


def units(data: bytes) -> dict:
    """{path: the first unit of an XLIFF file there}"""
    found = {}
    for unit in etree.fromstring(data).iter(f"{XLF}trans-unit"):
        found.setdefault(unit.get("resname"), unit)
    return found


def target(unit):
    return unit.find(f"{XLF}target")


def test_inline_markup_goes_out_as_inline_elements(client, translation):
    root = etree.fromstring(download(client, translation))
    assert problems(root) == []
    found = [
        etree.tostring(unit.find(f"{XLF}source"), with_tail=False).decode()
        for unit in root.iter(f"{XLF}trans-unit")
    ]
    first, link = found[2].split(">", 1)[1], found[3].split(">", 1)[1]
    assert first.startswith(
        'Social empowerment begins<x id="1" ctype="lb"/>in the <g id="2" ctype="bold">village</g>'
    )
    assert link.startswith('Read <g id="a1" ctype="link">our <g id="1" ctype="italic">handbook')


def test_a_file_tells_what_helps_to_translate(client, page, translation, site, writer):
    english, german = page.locale, translation.target_locale
    GlossaryTerm.objects.create(
        source_locale=english, target_locale=german, term="empowerment", translation="Teilhabe"
    )
    body = segment(translation, "body")
    SegmentComment.objects.create(
        context_id=body.context_id, locale=german, source_text=body.source, text="Keep it short."
    )
    found = units(download(client, translation))
    assert (found["title"].get("maxwidth"), found["title"].get("size-unit")) == ("255", "char")
    told = [note.text for note in found[BODY].iter(f"{XLF}note")]
    assert told == ["empowerment → Teilhabe", "Keep it short."]
    po = polib.pofile(download(client, translation, "po").decode())
    entry = next(one for one in po if one.msgctxt == BODY)
    assert "empowerment → Teilhabe" in entry.comment
    assert "Keep it short." in entry.comment
    assert "http://testserver/en/about/" in po.header


@BOTH
def test_what_a_translator_writes_is_stored_after_it_was_shown(client, translation, writer, kind):
    data = CHANGE[kind](download(client, translation, kind), {"title": "Über uns"})
    shown = send_file(client, data, f"about.{EXTENSIONS[kind]}")
    assert "Will change: 1" in told(shown)
    assert texts_of(translation) == {}
    assert "1 entry was stored." in confirm(client, shown).content.decode()
    assert texts_of(translation) == {"title": "Über uns"}
    version = SegmentVersion.objects.get()
    assert (version.tool, version.made_by) == (kind.upper(), writer)


@BOTH
def test_the_same_file_twice_changes_nothing_the_second_time(client, translation, kind):
    data = CHANGE[kind](download(client, translation, kind), {"title": "Über uns"})
    name = f"about.{EXTENSIONS[kind]}"
    send_and_confirm(client, data, name)
    before = everything()
    shown = send_file(client, data, name)
    assert "This file changes nothing." in told(shown)
    confirm(client, shown)
    assert everything() == before


@BOTH
def test_a_file_comes_back_as_it_went_out(client, translation, writer, kind):
    fill_in(translation, writer)
    before = everything()
    shown = send_file(client, download(client, translation, kind), f"about.{EXTENSIONS[kind]}")
    assert "Unchanged: 6" in told(shown)
    confirm(client, shown)
    assert everything() == before


def test_markup_of_a_translation_comes_back(client, translation):
    text = (
        'Teilhabe <g id="2" ctype="bold">beginnt</g><x id="1" ctype="lb"/>im Dorf &amp; &lt;da&gt;'
    )
    send_and_confirm(client, targets(download(client, translation), {BODY: text}))
    stored = segment(translation, BODY).text
    assert stored == "Teilhabe <b>beginnt</b><br/>im Dorf &amp; &lt;da&gt;"


@BOTH
def test_what_is_not_finished_in_the_file_stays_open(client, translation, kind):
    data = download(client, translation, kind)
    if kind == "po":
        data = msgstrs(data, {"title": "Über uns"}, fuzzy=True)
    else:
        data = targets(data, {"title": "Über uns"}, state="needs-review-translation")
    shown = send_file(client, data, f"about.{EXTENSIONS[kind]}")
    assert "Not finished: 6" in told(shown)
    confirm(client, shown)
    assert texts_of(translation) == {}


@BOTH
def test_a_machines_text_goes_out_as_unfinished_and_comes_back_so(client, translation, kind):
    title = segment(translation, "title")
    Suggestion.objects.create(
        string_id=title.string_id,
        context_id=title.context_id,
        locale=translation.target_locale,
        text="Über Maschinen",
        tool="DeepL",
    )
    data = download(client, translation, kind)
    assert "Über Maschinen" in data.decode()
    send_and_confirm(client, data, f"about.{EXTENSIONS[kind]}")
    assert texts_of(translation) == {}


@BOTH
def test_a_text_that_changed_goes_out_with_what_it_was(client, page, translation, writer, kind):
    fill_in(translation, writer)
    drafts.renew(translation.source, publish(page, title="About all of us"))
    data = download(client, translation, kind, only="open").decode()
    assert "About us" in data
    assert "de About us" in data
    assert "village" not in data


def test_an_outdated_file_changes_nothing_and_says_why(client, page, translation):
    data = targets(download(client, translation), {"title": "Über uns", "introduction": "Wir."})
    drafts.renew(translation.source, publish(page, title="About all of us"))
    shown = send_file(client, data)
    assert "The source has changed since this file was made." in told(shown)
    before = everything()
    confirm(client, shown)
    assert everything() == before


def test_of_an_outdated_file_what_still_holds_is_taken_when_somebody_asks(
    client, page, translation
):
    data = targets(download(client, translation), {"title": "Über uns", "introduction": "Wir."})
    drafts.renew(translation.source, publish(page, title="About all of us"))
    confirm(client, send_file(client, data), with_outdated="yes")
    assert texts_of(translation) == {"introduction": "Wir."}


def test_what_somebody_changed_here_meanwhile_is_kept(client, translation, writer):
    fill_in(translation, writer)
    SegmentVersion.objects.update(made_at="2020-01-01T00:00:00Z")
    data = download(client, translation)
    strings.store(translation, segment(translation, "title"), "Neuer Titel", writer)
    shown = send_file(client, data)
    assert "Changed here since: 1" in told(shown)
    confirm(client, shown)
    assert texts_of(translation)["title"] == "Neuer Titel"


def test_what_changed_between_looking_and_agreeing_is_shown_again(client, translation, writer):
    shown = send_file(client, targets(download(client, translation), {"title": "Über uns"}))
    strings.store(translation, segment(translation, "title"), "Anders", writer)
    again = confirm(client, shown)
    assert "Something has changed since you looked" in again.content.decode()
    assert texts_of(translation) == {"title": "Anders"}
    confirm(client, again)
    assert texts_of(translation) == {"title": "Über uns"}


def test_terms_that_are_not_followed_are_told_and_stored(client, page, translation):
    GlossaryTerm.objects.create(
        source_locale=page.locale,
        target_locale=translation.target_locale,
        term="about",
        translation="über",
    )
    shown = send_file(client, targets(download(client, translation), {"title": "Wir"}))
    assert "“about” should be “über” here." in told(shown)
    confirm(client, shown)
    assert texts_of(translation) == {"title": "Wir"}


def test_texts_that_cannot_stand_here_are_refused_and_the_others_stored(client, translation):
    texts = {"title": "x" * 256, "introduction": "Wir."}
    shown = send_file(client, targets(download(client, translation), texts))
    assert "only 255 fit here" in told(shown)
    confirm(client, shown)
    assert texts_of(translation) == {"introduction": "Wir."}


def test_another_person_cannot_see_or_confirm_an_upload(client, translation, admin):
    send_file(client, targets(download(client, translation), {"title": "Über uns"}))
    other = signed_in(admin)
    address = f"/admin/translation/exchange/upload/{Upload.objects.get().pk}/"
    before = everything()
    for response in (other.get(address), other.post(address)):
        assert "What would change" not in response.content.decode()
    assert {k: v for k, v in everything().items() if "log" not in k} == {
        k: v for k, v in before.items() if "log" not in k
    }
    assert len(TranslatedTexts(translation).segments) == 6


def test_a_file_that_leaves_the_standard_says_so_and_its_texts_still_count(client, translation):
    data = targets(download(client, translation), {"title": "Über uns"})
    strange = data.replace(b"<body>", b"<body><strange/>")
    shown = told(send_file(client, strange))
    assert "This file is no valid XLIFF 1.2: line" in shown
    assert "Will change: 1" in shown
    own = data.replace(b"<body>", b'<body><t:own xmlns:t="urn:tool" t:a="b"/>')
    assert "no valid XLIFF" not in told(send_file(client, own))
