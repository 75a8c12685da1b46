"""The memory goes out and comes in as TMX, and nothing of it reaches a page by itself."""

import pytest
from django.urls import reverse
from lxml import etree
from translate.storage.tmx import tmxfile

from cms.translation.memory import suggestions
from cms.translation.models import ImportedText
from cms.translation.segments import TranslatedTexts
from tests.exchanging import confirm, everything, send_file, texts_of, told
from tests.translating import fill_in
from tests.translation.exchange.conftest import BODY

pytestmark = pytest.mark.django_db

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="T" creationtoolversion="1" segtype="sentence"
 o-tmf="t" adminlang="en" srclang="en-US" datatype="html"/><body>
<tu><tuv xml:lang="en-US"><seg>About us</seg></tuv>
<tuv xml:lang="de-DE"><seg>Über uns</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg><bpt i="1">&lt;b&gt;</bpt>Two
<ept i="1">&lt;/b&gt;</ept> and three</seg>
</tuv>
<tuv xml:lang="de-DE"><seg><bpt i="1">{1}</bpt>Zwei<ept i="1">{/1}</ept> und drei</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>Fish</seg></tuv><tuv xml:lang="et"><seg>Kala</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>Bread</seg></tuv><tuv xml:lang="de-DE"><seg> </seg></tuv></tu>
</body></tmx>""".encode()


def download(client, **query) -> bytes:
    response = client.get(reverse("translation_memory"), query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_an_independent_reader_finds_what_was_translated(client, translation, writer):
    fill_in(translation, writer)
    data = download(client, source="en", into="de")
    file = tmxfile.parsestring(data, "en", "de")
    found = {str(unit.source): str(unit.target) for unit in file.units}
    assert found["About us"] == "de About us"
    assert len(found) == 6
    assert etree.fromstring(data).get("version") == "1.4"


def test_markup_of_the_memory_is_written_as_codes(client, translation, writer):
    fill_in(translation, writer)
    data = download(client, source="en", into="de").decode()
    assert '<bpt i="2" x="2" type="bold">&lt;b&gt;</bpt>village<ept i="2">&lt;/b&gt;</ept>' in data


def test_imported_texts_are_offered_and_stand_on_no_page(client, translation):
    shown = send_file(client, FILE, "memory.tmx")
    assert "Will change: 2" in told(shown)
    assert "You do not work in this language." in told(shown)
    confirm(client, shown)
    assert texts_of(translation) == {}
    texts = TranslatedTexts(translation)
    offered = suggestions(texts)
    title = next(one for one in texts.segments if one.path == "title")
    assert [(match.text, match.likeness) for match in offered[title.id]] == [("Über uns", 100)]
    last = [one for one in texts.segments if one.path == BODY][-1]
    assert [match.text for match in offered[last.id]] == ["Zwei und drei"]


def test_the_same_memory_twice_changes_nothing_the_second_time(client, translation):
    confirm(client, send_file(client, FILE, "memory.tmx"))
    before = everything()
    shown = send_file(client, FILE, "memory.tmx")
    assert "This file changes nothing." in told(shown)
    confirm(client, shown)
    assert everything() == before
    assert ImportedText.objects.count() == 2


def test_another_translation_of_the_same_text_takes_the_place_of_the_first(client, translation):
    confirm(client, send_file(client, FILE, "memory.tmx"))
    confirm(client, send_file(client, FILE.replace("Über uns".encode(), b"Wir"), "memory.tmx"))
    rows = ImportedText.objects.filter(string__data="About us")
    assert [row.text for row in rows] == ["Wir"]


def test_our_own_memory_comes_in_again_without_a_change(client, translation, writer):
    fill_in(translation, writer)
    shown = send_file(client, download(client, source="en", into="de"), "memory.tmx")
    assert "Unchanged: 6" in told(shown)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<tmx/>",
        b"<tmx version='1.4'><header/><body/></tmx>",
        FILE[:-20],
        FILE.replace(b' SYSTEM "tmx14.dtd"', b' [<!ENTITY a "b">]'),
        b"<xliff/>",
    ],
)
def test_a_damaged_memory_changes_nothing_and_says_why(client, translation, data):
    before = everything()
    shown = send_file(client, data, "memory.tmx")
    assert [message.level_tag for message in shown.context["messages"]] == ["error"]
    assert everything() == before


def test_a_memory_of_another_language_is_not_told(client, translation):
    response = client.get(reverse("translation_memory"), {"source": "en", "into": "et"})
    assert "permission" in client.get(response["Location"]).content.decode()
    assert client.get(reverse("translation_memory"), {"into": "de"}).status_code == 404
