"""An editor's way from a blank form to a story that looks as the public will read it."""

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TITLE, HEADING = "A bus for Övertorneå", "What the drivers said"
NEWS_INDEX = "/api/v1/pages/by-path?path=/en/news/"


@pytest.fixture
def admin(tab, served):
    """A tab in which `admin` has signed in, as a person does; `complaints` is what it heard."""
    page = tab(1440, 1000)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: complain(page, message))
    page.goto("/admin/")
    page.wait_for_url("**/admin/login/**")
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill(served.password("admin"))
    page.locator("button[type=submit]").click()
    page.wait_for_url(re.compile("/admin/$"))
    return page


def complain(page, message) -> None:
    if message.type == "error":
        page.complaints.append(message.text)


def write_story(page) -> None:
    index = json.loads(page.request.get(NEWS_INDEX).text())["id"]
    page.goto(f"/admin/pages/add/news/newspage/{index}/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=introduction]").fill("People in the north planned their bus themselves.")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Heading").click()
    page.locator("[name='body-0-value-text']").fill(HEADING)


def slug(page) -> str:
    return page.locator("[name=slug]").input_value()


def test_an_editor_writes_and_previews_a_story(admin):
    write_story(admin)
    admin.get_by_role("button", name="Save draft").click()
    expect(admin.locator(".messages")).to_contain_text(TITLE)
    address = f"/en/news/{slug(admin)}/"
    assert admin.request.get(address).status == 404
    admin.get_by_role("button", name="Toggle preview").click()
    preview = admin.frame_locator("#w-preview-iframe")
    expect(preview.locator("h1")).to_have_text(TITLE)
    expect(preview.locator(".prose h2")).to_have_text(HEADING)
    assert admin.complaints == []
