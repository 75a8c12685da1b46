"""Whatever a text is made of, it comes out of a file as it went in."""

from html import escape

import polib
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from wagtail_localize.strings import StringValue

from cms.translation.exchange import po
from cms.translation.exchange.inline import XLIFF, from_tmx, from_xliff, to_tmx, to_xliff
from cms.translation.exchange.reading import xml_text

TAGS = ["b", "i", "em", "strong", "code", "abbr", "acronym"]
EXAMPLES = 150

words = st.text(min_size=1, max_size=8).map(
    lambda text: escape(xml_text(text).replace("\r", ""), quote=False)
)


def nested(inner):
    several = st.lists(inner, max_size=3).map("".join)
    return st.one_of(
        st.tuples(st.sampled_from(TAGS), several).map(lambda p: f"<{p[0]}>{p[1]}</{p[0]}>"),
        several.map(lambda text: f'<a id="a1">{text}</a>'),
        st.just("<br/>"),
    )


texts = (
    st.lists(st.recursive(words, nested, max_leaves=6), min_size=1, max_size=4)
    .map(lambda parts: StringValue.from_translated_html("".join(parts)).data)
    .filter(bool)
)


def reread(element) -> etree._Element:
    return etree.fromstring(etree.tostring(element))


@settings(max_examples=EXAMPLES, deadline=None)
@given(texts)
def test_through_xliff(text):
    element = etree.Element(f"{{{XLIFF}}}source")
    to_xliff(text, element)
    assert from_xliff(reread(element)) == text


@settings(max_examples=EXAMPLES, deadline=None)
@given(texts)
def test_through_tmx(text):
    element = etree.Element("seg")
    to_tmx(text, element)
    assert StringValue.from_translated_html(from_tmx(reread(element))).data == text


@settings(max_examples=EXAMPLES, deadline=None)
@given(texts)
def test_through_po(text):
    file = polib.POFile(wrapwidth=100)
    file.metadata = {"Content-Type": "text/plain; charset=utf-8", po.TRANSLATION: "name"}
    file.append(polib.POEntry(msgctxt="path", msgid=text, msgstr=text))
    [incoming] = po.read(str(file).encode())
    assert [(one.source, one.text) for one in incoming.texts] == [(text, text)]
