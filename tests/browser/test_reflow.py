"""Nothing runs out of the window, however narrow it is and however large the letters are."""

import pytest

from tests.browser import addresses

pytestmark = pytest.mark.browser

BEYOND = """() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll("body *")]
        .filter((node) => node.getBoundingClientRect().right > width + 1 && !clipped(node))
        .map((node) => `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 40)}`);

    // Out of sight on purpose, or in a box that scrolls by itself.
    function clipped(node) {
        for (let box = node; box && box !== document.body; box = box.parentElement) {
            if (getComputedStyle(box).overflowX !== "visible") return true;
        }
        return false;
    }
}"""
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def beyond(page) -> list[str]:
    """What runs out of the window, with the beginning of its words."""
    page.evaluate("document.fonts.ready.then(() => null)")
    return page.evaluate(BEYOND) + (["the page scrolls"] if page.evaluate(SCROLLS) else [])


@pytest.fixture(scope="module")
def zoomed(new_tab):
    """A window of 1280 pixels at 400 %: four pixels of the screen for each of the page."""
    page = new_tab(320, 256, device_scale_factor=4)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def large_letters(new_tab):
    """A reader who has set the browser's letters to twice their size."""
    page = new_tab(1280, 860)
    sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)
    yield page
    page.context.close()


@pytest.mark.parametrize("address", addresses("en", "de", "lv", "lt", "et"))
def test_nothing_runs_out_of_320_pixels(phone, address):
    phone.set_viewport_size({"width": 320, "height": 568})
    phone.goto(address)
    assert beyond(phone) == []


@pytest.mark.parametrize("address", ["/lv/", "/de/publications/", "/en/key-facts/"])
def test_nothing_runs_out_of_a_desk_at_400_percent(zoomed, address):
    zoomed.goto(address)
    assert beyond(zoomed) == []


@pytest.mark.parametrize("address", addresses("de"))
def test_nothing_runs_out_with_letters_twice_as_large(large_letters, address):
    large_letters.goto(address)
    assert large_letters.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 35
    for width in [1280, 640, 320]:
        large_letters.set_viewport_size({"width": width, "height": 860})
        assert beyond(large_letters) == []
