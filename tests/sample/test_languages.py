"""The complete translations read as their language, in text and in the frame around it."""

import re

import pytest
from lxml import html
from wagtail_localize.models import Translation

from cms.sample.states import COMPLETE

LANGUAGES = ["de", "et", "lt", "lv"]
WORD = re.compile(r"[^\W\d_]+")
# English words that mean nothing in German, Estonian, Latvian or Lithuanian.
STOP_WORDS = frozenset(
    WORD.findall(
        """
        about after and are as at because been before between but by can did do does each every
        for from has have how into is it its more not of or other our should that the their them
        there these they this those through we were what when where which who will with would you
        your
        """
    )
)
SKIP = '//a[contains(@class, "skip")]'
FRAME = {
    "the way past the menu": f"string({SKIP})",
    "the way to the search": "string(//header//a[contains(@href, '/search/')])",
    "the name of the main menu": "string(//header//nav[@id='menu']/@aria-label)",
    "the name of the languages": "string(//nav[contains(@class, 'languages')]/@aria-label)",
    "the emblem's alt text": "string(//header//img/@alt)",
    "the heading of the footer": "string(//footer//nav/h2)",
}
FUNDS = {
    "en": "European Regional Development Fund",
    "de": "Europäischer Fonds für regionale Entwicklung",
    "et": "Euroopa Regionaalarengu Fond",
    "lv": "Eiropas Reģionālās attīstības fonds",
    "lt": "Europos regioninės plėtros fondas",
}
LETTERS = {"de": "äöüß", "et": "õäöü", "lv": "āēīūčšžģķļņ", "lt": "ąčęėįšųūž"}


def address(path: str, language: str) -> str:
    return f"/{language}/{path}/" if path else f"/{language}/"


def own_text(document, language: str) -> str:
    """What stands in a page's main part, without the parts marked as another language."""
    main = html.fromstring(html.tostring(document.xpath("//main")[0]))
    for part in main.xpath("//*[@lang]"):
        if part.get("lang") != language:
            part.drop_tree()
    return main.text_content()


def share_of_english(text: str) -> float:
    words = [word.lower() for word in WORD.findall(text)]
    assert len(words) > 20
    return sum(word in STOP_WORDS for word in words) / len(words)


def test_the_measure_finds_english_in_every_english_page(crawl):
    for path in COMPLETE:
        document = crawl[address(path, "en")].document
        assert share_of_english(own_text(document, "en")) > 0.1, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_under_two_per_cent_of_the_words_are_english_stop_words(crawl, language):
    shares = {
        path: share_of_english(own_text(crawl[address(path, language)].document, language))
        for path in COMPLETE
    }
    assert {path: share for path, share in shares.items() if share >= 0.02} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_are_those_of_the_language(crawl, language):
    for path in COMPLETE:
        text = own_text(crawl[address(path, language)].document, language).lower()
        share = sum(text.count(letter) for letter in LETTERS[language]) / len(text)
        assert share > 0.001, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_a_translation_of_the_translation_software_and_no_copy(crawl, language):
    for path in COMPLETE:
        seen, source = crawl[address(path, language)], crawl[address(path, "en")]
        assert Translation.objects.filter(
            source__object_id=seen.key, target_locale__language_code=language, enabled=True
        ).exists(), path
        introduction = "string(//p[contains(@class, 'intro')])"
        assert seen.document.xpath(introduction) != source.document.xpath(introduction), path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", FRAME)
def test_the_frame_speaks_the_language_of_the_page(crawl, language, part):
    told = crawl[f"/{language}/news/"].document.xpath(FRAME[part]).strip()
    assert told
    assert told != crawl["/en/news/"].document.xpath(FRAME[part]).strip()


@pytest.mark.parametrize("language", FUNDS)
def test_the_funding_statement_names_the_fund_in_the_language_of_the_page(crawl, language):
    for path in COMPLETE:
        header = crawl[address(path, language)].document.xpath("string(//header)")
        assert FUNDS[language] in header, path


def test_german_addresses_the_reader_formally(crawl):
    familiar = re.compile(
        r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(e[mnrs]?)?|[Ee]uch|[Ee]uer|[Ee]ure[mnrs]?)\b"
    )
    texts = {
        path: own_text(seen.document, "de") for path, seen in crawl.items() if seen.language == "de"
    }
    assert {
        path: found[0] for path, text in texts.items() if (found := familiar.search(text))
    } == {}
    assert any(re.search(r"\bSie\b", text) for text in texts.values())


def test_the_menu_names_every_section_in_the_language_of_the_page(crawl):
    menus = {
        language: crawl[f"/{language}/"].document.xpath("//nav[@id='menu']//a/@href")
        for language in ["en", *LANGUAGES]
    }
    paths = [href.removeprefix("/en/") for href in menus["en"]]
    assert len(paths) > 5
    for language, found in menus.items():
        assert found == [f"/{language}/{path}" for path in paths]
