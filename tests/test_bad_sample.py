"""Damaged material of the sample site: a message that names it, and nothing half loaded."""

import json
import shutil
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from cms.sample import images, texts, translate
from cms.sample.accounts import accounts_file
from cms.sample.editions import make
from cms.sample.load import load_sample
from cms.sample.texts import SampleError

WRITTEN = [
    "wagtailcore.Page",
    "wagtailcore.Revision",
    "changes.Change",
    "cms.Image",
    "publications.EditionFile",
    "publications.EditionRelease",
    "wagtail_localize.TranslationSource",
    "auth.User",
]


@pytest.fixture
def material(tmp_path, monkeypatch):
    """A copy of facts, texts, images, translations and fonts, from which the site is loaded."""
    folder = tmp_path / "sample"
    shutil.copytree(texts.FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(texts.read_texts, "__defaults__", (folder,))
    monkeypatch.setattr(images.load_images, "__defaults__", (folder / "images",))
    monkeypatch.setattr(translate, "FOLDER", folder / "translations")
    monkeypatch.setattr(make, "FONTS", folder / "fonts")
    translate.catalogue.cache_clear()
    yield folder
    translate.catalogue.cache_clear()


def amounts() -> dict:
    told = accounts_file().read_text() if accounts_file().is_file() else ""
    return {name: apps.get_model(name).objects.count() for name in WRITTEN} | {"accounts": told}


def refusal() -> str:
    """The message with which loading stops; nothing must have been written."""
    before = amounts()
    with pytest.raises(SampleError) as caught:
        load_sample()
    assert amounts() == before
    return str(caught.value)


def change_facts(folder, change) -> None:
    path = folder / "facts.json"
    facts = json.loads(path.read_text())
    change(facts)
    path.write_text(json.dumps(facts))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"facts"', b"\xff\xfe{}"])
def test_facts_that_are_no_facts_are_named(site, material, content):
    (material / "facts.json").write_bytes(content)
    assert "facts.json" in refusal()


def test_facts_that_are_not_there_are_named(site, material):
    (material / "facts.json").unlink()
    assert "facts.json" in refusal()


@pytest.mark.parametrize("key", ["project", "countries", "partners", "news", "site_languages"])
def test_a_kind_of_facts_that_is_missing_is_named(site, material, key):
    change_facts(material, lambda facts: facts.pop(key))
    told = refusal()
    assert "facts.json" in told
    assert key in told


def test_partners_that_do_not_add_up_are_told(site, material):
    change_facts(material, lambda facts: facts["partners"].pop())
    told = refusal()
    assert "facts.json" in told
    assert "add up" in told


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts["partners"][3].pop("country"),
        lambda facts: facts.update(partners="sixteen"),
        lambda facts: facts.update(countries=None),
        lambda facts: facts["partners"][0].update(country="XX"),
        lambda facts: facts["site_languages"].pop("others"),
        lambda facts: facts["site_languages"].update(others="de"),
    ],
)
def test_facts_of_a_wrong_shape_are_refused(site, material, change):
    change_facts(material, change)
    assert "facts.json" in refusal()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda facts: facts["project"].pop("start"), "start"),
        (lambda facts: facts["project"].update(end="February"), "February"),
        (lambda facts: facts["project"].update(budget_total_eur="much"), "key-facts"),
        (lambda facts: facts["news"][0].update(date="2018-13-45"), "sempre-results-published"),
        (lambda facts: facts["news"][0].update(title="Renamed"), "SEMPRE results published"),
        (lambda facts: facts["partners"][3].pop("role"), "role"),
        (lambda facts: facts["publications"][0].update(audience="cats"), "cats"),
        (lambda facts: facts["publications"][0].update(kind="novel"), "novel"),
        (lambda facts: facts["local_networks"][0].update(user_group="cats"), "cats"),
        (lambda facts: facts["publications"][5]["editions"][0].update(language="fi"), "flyer"),
    ],
)
def test_a_fact_that_a_page_needs_and_cannot_use_is_named(site, material, change, named):
    change_facts(material, change)
    assert named in refusal()


@pytest.mark.parametrize("language", ["xx", "pl", "../de", ""])
def test_an_unknown_locale_in_the_facts_is_named(site, material, language):
    change_facts(material, lambda facts: facts["site_languages"]["others"].append(language))
    assert f"{language}.po" in refusal()


def test_a_missing_file_of_translations_is_named(site, material):
    (material / "translations" / "lv.po").unlink()
    assert "lv.po" in refusal()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"no catalogue at all"])
def test_a_damaged_file_of_translations_is_named(site, material, content):
    (material / "translations" / "et.po").write_bytes(content)
    assert "et.po" in refusal()


def test_a_text_without_translation_is_named_with_its_page_and_file(site, material):
    path = material / "translations" / "de.po"
    lines = path.read_text().splitlines(keepends=True)
    start = lines.index('msgid "News"\n')
    lines[start + 1] = 'msgstr ""\n'
    path.write_text("".join(lines))
    told = refusal()
    assert "de.po" in told
    assert "“News”" in told
    assert "/home/news/" in told


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"<svg/>"])
def test_an_image_that_is_none_is_named(site, material, content):
    (material / "images" / "ferry.png").write_bytes(content)
    assert "ferry.png" in refusal()


def test_an_image_cut_in_the_middle_is_named(site, material):
    path = material / "images" / "ferry.png"
    path.write_bytes(path.read_bytes()[:9000])
    assert "ferry.png" in refusal()


def test_an_image_that_a_page_shows_and_nobody_drew_is_named_with_the_page(site, material):
    (material / "images" / "ferry.png").unlink()
    told = refusal()
    assert "ferry" in told
    assert "news/" in told


@pytest.mark.parametrize("name", make.FONT_FILES)
def test_a_missing_font_is_named(site, material, name):
    (material / "fonts" / name).unlink()
    assert name in refusal()


def test_a_font_that_is_none_is_named(site, material):
    (material / "fonts" / make.FONT_FILES[1]).write_bytes(b"no font")
    assert make.FONT_FILES[1] in refusal()


@pytest.mark.parametrize("content", [b"pages = [", b"\xff", b"", b"[pages.about]\ntitle = 'x'"])
def test_texts_that_cannot_be_read_are_named(site, material, content):
    (material / "texts" / "home.toml").write_bytes(content)
    assert "home.toml" in (told := refusal()) or "about" in told


def test_a_page_without_title_is_named(site, material):
    path = material / "texts" / "home.toml"
    path.write_text(path.read_text() + '\n[pages."imprint/more"]\nintroduction = "x"\n')
    assert "imprint/more" in refusal()


def test_the_command_fails_with_the_message(site, material):
    (material / "facts.json").write_text("{")
    with pytest.raises(CommandError, match=r"facts\.json cannot be read") as caught:
        call_command("load_sample", stdout=StringIO())
    assert caught.value.returncode != 0
