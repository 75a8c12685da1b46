"""The site on paper, in the dark, and for those whom motion disturbs."""

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser import addresses

pytestmark = pytest.mark.browser

A4 = {"width": 673, "height": 979}
"""What @page leaves of a sheet, in CSS pixels."""

NOT_ON_PAPER = ".skip, .menu, .menu-toggle, .languages, .trail, .search-form, .footer__nav"
BRIGHTNESS = """() => {
    const sum = (color) => color.match(/[\\d.]+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0);
    const style = getComputedStyle(document.body);
    return {paper: sum(style.backgroundColor) / 765, ink: sum(style.color) / 765};
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((node) => {
    const style = getComputedStyle(node);
    return style.transitionDuration !== "0s" || style.animationName !== "none";
}).length"""


@pytest.fixture(scope="module")
def paper(new_tab):
    page = new_tab(**A4)
    page.emulate_media(media="print")
    yield page
    page.context.close()


def first_sheet(page) -> str:
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    words = sheets[0].get_textpage().get_text_bounded()
    sheets.close()
    return " ".join(words.split())


@pytest.mark.parametrize("address", addresses("lv"))
def test_paper_shows_who_paid_on_its_first_sheet_and_no_navigation(paper, address):
    paper.goto(address)
    shown = paper.locator(NOT_ON_PAPER).evaluate_all("all => all.filter((n) => n.offsetHeight)")
    assert shown == []
    emblem, statement = paper.locator(".masthead .funding img"), paper.locator(".masthead strong")
    expect(emblem).to_be_visible()
    assert emblem.bounding_box()["y"] + emblem.bounding_box()["height"] < A4["height"]
    assert statement.inner_text() in first_sheet(paper)


def test_paper_shows_where_a_file_and_a_link_are_found(paper, served):
    paper.goto("/lv/publications/policy-recommendations/")
    expect(paper.locator(".edition").first).to_contain_text(
        f"{served.url}/downloads/policy-recommendations/lv.pdf", use_inner_text=True
    )
    after = "node => getComputedStyle(node, '::after').content"
    link = paper.locator(".prose a[href='/en/partners/nordregio/']").first
    assert "/en/partners/nordregio/" in link.evaluate(after)


@pytest.mark.parametrize(("scheme", "dark"), [("dark", True), ("light", False)])
def test_the_paper_is_as_dark_as_the_reader_wants_it(tab, scheme, dark):
    page = tab(color_scheme=scheme)
    page.goto("/lv/")
    found = page.evaluate(BRIGHTNESS)
    assert (found["paper"] < 0.2) is dark
    assert (found["ink"] > 0.8) is dark


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_those_who_want_no_motion(tab, wish, moves):
    page = tab(reduced_motion=wish)
    page.goto("/lv/")
    assert (page.evaluate(MOVING) > 0) is moves
