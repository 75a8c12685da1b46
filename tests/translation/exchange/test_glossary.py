"""Terms are kept by those who work in a language, found in texts, and never in anybody's way."""

import csv
from io import StringIO

import pytest
from django.urls import reverse
from wagtail.models import Locale

from cms.translation import strings
from cms.translation.glossary import Glossary
from cms.translation.models import GlossaryTerm
from cms.translation.segments import Segment
from tests.exchanging import confirm, everything, send_file, told
from tests.translating import segment, target

pytestmark = pytest.mark.django_db
HEAD = "from,into,term,translation,note\n"


@pytest.fixture
def locales(site):
    return {locale.language_code: locale for locale in Locale.objects.all()}


@pytest.fixture
def term(locales):
    return GlossaryTerm.objects.create(
        source_locale=locales["en"],
        target_locale=locales["de"],
        term="social empowerment",
        translation="soziale Teilhabe",
    )


def warnings(translation, source: str, text: str) -> list[str]:
    place = Segment(1, 1, 1, "title", 0, source, "Title")
    return Glossary.of(translation).warnings(place, text)


@pytest.mark.parametrize(
    ("source", "text", "followed"),
    [
        ("Social empowerment begins here", "Soziale Teilhabe beginnt hier", True),
        ("The <b>social</b> empowerment", "Die <b>sozialen</b> Teilhaben", True),
        ("Social empowerments", "Stärkung", False),
        ("Social work", "Sozialarbeit", True),
        ("Empowerment, social", "Stärkung", True),
        ("Social empowerment", "", True),
    ],
)
def test_a_term_that_is_not_followed_is_told(translation, term, source, text, followed):
    told = warnings(translation, source, text)
    expected = "“social empowerment” should be “soziale Teilhabe” here."
    assert told == ([] if followed else [expected])


def test_a_translator_keeps_the_terms_of_their_own_language(client, locales, term):
    fields = {"source_locale": locales["en"].pk, "term": "village hall", "translation": "Dorfhaus"}
    add = reverse("glossary:add")
    client.post(add, fields | {"target_locale": locales["de"].pk})
    client.post(add, fields | {"target_locale": locales["et"].pk})
    terms = GlossaryTerm.objects.values_list("term", "target_locale__language_code")
    assert set(terms) == {("social empowerment", "de"), ("village hall", "de")}
    foreign = GlossaryTerm.objects.create(
        source_locale=locales["en"], target_locale=locales["et"], term="fish", translation="kala"
    )
    for name in ("edit", "delete", "copy", "history", "usage"):
        address = reverse(f"glossary:{name}", args=[foreign.pk])
        assert client.get(address).status_code == 302
        client.post(address, fields | {"target_locale": locales["de"].pk})
    foreign.refresh_from_db()
    assert foreign.term == "fish"
    assert "fish" not in client.get(reverse("glossary:index")).content.decode()


def test_the_glossary_goes_out_and_comes_in_unchanged(client, locales, term):
    GlossaryTerm.objects.create(
        source_locale=locales["en"],
        target_locale=locales["de"],
        term="=1+1",
        translation="@zwei",
        note='a "quote", a comma',
    )
    response = client.get(reverse("glossary:index"), {"export": "csv"})
    data = b"".join(response.streaming_content)
    rows = list(csv.reader(StringIO(data.decode())))
    assert rows[0] == ["from", "into", "term", "translation", "note"]
    assert rows[1][2] == "'=1+1"
    assert "Unchanged: 2" in told(send_file(client, data, "glossary.csv"))


def test_a_table_shows_what_it_would_change(client, locales, term):
    lines = [
        "en,de,social empowerment,soziale Stärkung,since 2020",
        "en,de,village hall,Dorfhaus,",
        "en,et,fish,kala,",
        "en,xx,fish,fisk,",
        "en,de,,leer,",
        "en,en,fish,fish,",
        "en,de,village hall,Gemeindehaus,",
    ]
    data = (HEAD + "\n".join(lines)).encode()
    shown = send_file(client, data, "glossary.csv")
    assert "Will change: 2 Refused: 5" in told(shown)
    confirm(client, shown)
    found = dict(GlossaryTerm.objects.values_list("term", "translation"))
    assert found == {"social empowerment": "soziale Stärkung", "village hall": "Dorfhaus"}
    before = everything()
    confirm(client, send_file(client, data, "glossary.csv"))
    assert everything() == before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a,b\n1,2",
        HEAD.encode(),
        HEAD.encode() + b'en,de,"not closed',
        HEAD.encode() + b"en,de,\xff,x,",
        HEAD.encode() + b"en,de,a\0b,x,",
        HEAD.encode() + b"en,de," + b"x" * 200_000 + b",x,",
    ],
)
def test_a_damaged_table_changes_nothing_and_says_why(client, term, data):
    before = everything()
    shown = send_file(client, data, "glossary.csv")
    assert [message.level_tag for message in shown.context["messages"]] == ["error"]
    assert everything() == before


def test_tables_with_other_separators_are_read(client, term):
    for data in (
        "from;into;term;translation\r\nen;de;fish;Fisch\r\n",
        "\ufefffrom\tinto\tterm\ttranslation\nen\tde\tfish\tFisch\n",
    ):
        assert "Will change: 1" in told(send_file(client, data.encode(), "glossary.csv"))


def test_the_editor_shows_terms_and_what_does_not_follow_them(client, page, translation, term):
    GlossaryTerm.objects.filter(pk=term.pk).update(term="about", translation="über")
    strings.store(translation, segment(translation, "title"), "Wir", None)
    shown = told(client.get(reverse("wagtailadmin_pages:edit", args=[target(translation).pk])))
    assert "about → über" in shown
    assert "“about” should be “über” here." in shown
