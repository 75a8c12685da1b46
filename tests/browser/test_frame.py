"""What stands around every page: who paid, and in which languages it can be read."""

import pytest
from playwright.sync_api import expect

from tests.browser import LANGUAGES, addresses

pytestmark = pytest.mark.browser

SCREENS = [(320, 568), (360, 640)]


def bottom(locator) -> float:
    expect(locator).to_be_visible()
    box = locator.bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize("address", addresses(*LANGUAGES))
def test_who_paid_is_told_on_the_first_screen_of_a_phone(phone, address):
    phone.goto(address)
    funding = phone.locator(".masthead .funding")
    for width, height in SCREENS:
        phone.set_viewport_size({"width": width, "height": height})
        assert bottom(funding.locator("img")) <= height
        assert bottom(funding.locator("strong")) <= height


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_emblem_is_at_least_as_large_as_the_name_of_the_site(tab, width):
    page = tab(width)
    page.goto("/en/")
    emblem = page.locator(".masthead .funding img").bounding_box()
    name = page.locator(".site-name b").bounding_box()
    assert emblem["height"] >= name["height"]


@pytest.mark.parametrize("address", [f"/{language}/about/" for language in LANGUAGES])
def test_the_funding_statement_is_written_in_the_readers_language(phone, address):
    phone.goto(address)
    language = address.split("/")[1]
    words = {
        "de": "Europäisch",
        "et": "Euroopa",
        "en": "European",
        "lv": "Eiropas",
        "lt": "Europos",
    }
    expect(phone.locator(".masthead .funding strong")).to_contain_text(words[language])
    assert phone.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("address", addresses("en", "lv"))
def test_the_switcher_names_every_language_in_itself_and_in_order(phone, address):
    phone.goto(address)
    names = phone.locator(".masthead .languages [lang]")
    assert names.all_inner_texts() == list(LANGUAGES.values())
    assert names.evaluate_all("all => all.map((name) => name.lang)") == list(LANGUAGES)


def test_another_language_of_a_news_page_is_the_same_work(tab):
    page = tab(320, 568)
    page.goto("/en/news/sempre-accelerators/")
    for language in ["lv", "de", "et", "lt", "en"]:
        page.locator(".masthead .languages").get_by_text(LANGUAGES[language], exact=True).click()
        page.wait_for_url(f"**/{language}/news/sempre-accelerators/")
        assert page.locator("html").get_attribute("lang") == language


def test_a_language_without_a_translation_says_so_and_leads_to_its_front_page(tab):
    page = tab()
    page.goto("/en/news/sempre-final-conference/")
    missing = page.locator(".masthead .languages a", has_text="latviešu")
    expect(missing).to_contain_text("not translated")
    missing.click()
    page.wait_for_url("**/lv/")


def test_a_page_that_only_others_have_leads_to_them(tab):
    page = tab()
    answer = page.goto("/lv/networks/ostrobothnia/")
    assert answer.status == 404
    page.locator("main a[hreflang=en]").click()
    page.wait_for_url("**/en/networks/ostrobothnia/")
