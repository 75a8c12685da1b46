"""The site without a mouse."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = ["/lv/", "/en/publications/", "/de/partners/", "/en/search/?q=network"]
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((node) => node.checkVisibility({visibilityProperty: true}) && node.tabIndex >= 0)
    .length"""
FOCUSED = """() => {
    const node = document.activeElement;
    if (node === document.body || node === document.documentElement) return null;
    node.dataset.seen = "yes";
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    return {
        name: node.textContent.trim() || node.id || node.href,
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        above: box.bottom < 0, below: box.top > innerHeight,
    };
}"""
SEEN = "() => document.querySelectorAll('[data-seen]').length"


def walk(page) -> list[dict]:
    """Every stop of the tab key, from the top of the page until it leaves it."""
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("The tab key never leaves the page.")


def focused(page):
    return page.locator(":focus")


def test_the_skip_link_comes_first_and_leads_to_the_content(tab):
    page = tab(320, 568)
    page.goto("/lv/")
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_class("skip")
    expect(focused(page)).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_attribute("id", "content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_every_link_is_reached_and_its_focus_is_seen(tab, address, width):
    page = tab(width, 720)
    page.goto(address)
    reachable, stops = page.evaluate(REACHABLE), walk(page)
    assert page.evaluate(SEEN) == reachable > 15
    assert [stop["name"] for stop in stops if stop["outline"] < 2] == []
    assert [stop["name"] for stop in stops if stop["above"] or stop["below"]] == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(tab, key):
    page = tab(320, 568)
    page.goto("/lv/")
    toggle, menu = page.locator(".menu-toggle"), page.locator("#menu")
    expect(menu).to_be_hidden()
    toggle.focus()
    page.keyboard.press(key)
    expect(menu).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "false")
