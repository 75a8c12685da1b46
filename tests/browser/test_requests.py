"""What a page fetches, and what the browser complains of."""

from functools import cache
from types import SimpleNamespace

import pytest

from tests.browser import MISSING, addresses, kinds

pytestmark = pytest.mark.browser

MOST_BYTES = 60_000
"""CSS and JavaScript of a page as sent, inline included (kB of 1000 bytes)."""

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
INLINE = """() => [...document.querySelectorAll("style, script:not([src])")]
    .reduce((sum, node) => sum + node.textContent.length, 0)"""


def visit(page, address: str) -> SimpleNamespace:
    """What happens when a browser that has never been here opens an address."""
    complaints, asked = [], []
    page.add_init_script(WATCH)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfinished", lambda request: asked.append(request))
    answer = page.goto(address, wait_until="networkidle")
    files = [request for request in asked if request.resource_type in {"stylesheet", "script"}]
    sent = [request.sizes()["responseBodySize"] for request in files]
    found = SimpleNamespace(
        status=answer.status,
        complaints=complaints + page.evaluate("window.violations"),
        asked=[request.url for request in asked],
        encodings={request.response().headers.get("content-encoding") for request in files},
        size=sum(sent) + page.evaluate(INLINE),
    )
    page.context.close()
    return found


@pytest.fixture(scope="module")
def visited(new_tab):
    """visited("/lv/"): what a first visit of this address was like; each is made once."""
    return cache(lambda address: visit(new_tab(320, 568), address))


@pytest.mark.parametrize(("kind", "address"), kinds("en", "lv"))
def test_the_browser_has_nothing_to_complain_of(visited, kind, address):
    found = visited(address)
    # Chromium's console tells the status of a page that is meant not to be there.
    meant = [text for text in found.complaints if kind in MISSING and " 404 " in text]
    assert found.status == (404 if kind in MISSING else 200)
    assert [text for text in found.complaints if text not in meant] == []


@pytest.mark.parametrize("address", addresses("en", "lv"))
def test_a_page_asks_no_other_host(visited, served, address):
    asked = visited(address).asked
    assert len(asked) > 4
    assert [url for url in asked if not url.startswith((f"{served.url}/", "data:"))] == []


@pytest.mark.parametrize("address", addresses("en", "lv"))
def test_styles_and_scripts_of_a_page_are_at_most_60_kilobytes_as_sent(visited, address):
    found = visited(address)
    assert found.encodings <= {"gzip", "br"}
    assert 1_000 < found.size <= MOST_BYTES


def test_the_policy_stops_a_script_that_somebody_smuggles_in(tab):
    page = tab()
    page.add_init_script(WATCH)
    page.goto("/en/")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.smuggled = true";
            document.body.append(script);
        }"""
    )
    page.wait_for_function("window.violations.length > 0")
    assert page.evaluate("typeof window.smuggled") == "undefined"
