"""What axe-core finds on a page of every kind: nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import addresses

pytestmark = pytest.mark.browser

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def findings(page) -> list[str]:
    """["image-alt: .hero > img", ...]: each rule with where it is broken."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("address", addresses("en", "lv"))
def test_axe_finds_nothing_on_a_small_phone_in_the_light(phone, address):
    phone.set_viewport_size({"width": 320, "height": 568})
    phone.goto(address)
    assert findings(phone) == []


@pytest.mark.parametrize("address", addresses("en", "lv"))
def test_axe_finds_nothing_on_a_desk_in_the_dark(desk, address):
    desk.set_viewport_size({"width": 1280, "height": 860})
    desk.goto(address)
    assert findings(desk) == []


def test_axe_finds_nothing_in_the_open_menu_of_a_phone(phone):
    phone.set_viewport_size({"width": 320, "height": 568})
    phone.goto("/lv/")
    phone.locator(".menu-toggle").click()
    assert findings(phone) == []


def test_axe_would_find_an_image_without_words(phone):
    phone.goto("/en/")
    phone.evaluate("document.querySelector('.funding img').removeAttribute('alt')")
    assert [found.split(":")[0] for found in findings(phone)] == ["image-alt"]
