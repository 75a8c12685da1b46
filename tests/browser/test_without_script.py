"""The site where no script runs."""

from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

EDITION = "/downloads/policy-recommendations/lv.pdf"


@pytest.fixture
def page(tab):
    return tab(320, 568, java_script_enabled=False)


def test_the_menu_works_without_script(page):
    page.goto("/lv/about/")
    expect(page.locator("#menu")).to_be_hidden()
    page.locator(".menu-toggle").click()
    expect(page.locator("#menu")).to_be_visible()
    page.locator("#menu a[href='/lv/publications/']").click()
    page.wait_for_url("**/lv/publications/")


def test_the_search_works_without_script(page):
    page.goto("/en/search/")
    page.locator("#search-words").fill("handbook")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=handbook")
    expect(page.locator(".result")).not_to_have_count(0)


def test_a_download_works_without_script(page):
    page.goto("/lv/publications/policy-recommendations/")
    with page.expect_response(f"**{EDITION}") as answer:
        page.locator(f"a[href='{EDITION}']").first.click()
    headers = answer.value.headers
    assert answer.value.status == 200
    assert "SEMPRE-policy-recommendations_lv_2019.pdf" in headers["content-disposition"]
    with pikepdf.open(BytesIO(page.request.get(EDITION).body())) as file:
        assert file.Root.Lang == "lv"


def test_news_are_filtered_without_script(page):
    page.goto("/en/news/")
    page.locator("main a[href*='year=2019']").first.click()
    page.wait_for_url("**year=2019**")
    expect(page.locator("main time").first).to_contain_text("2019")
