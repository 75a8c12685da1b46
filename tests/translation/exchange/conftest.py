"""A page of many kinds of texts that was sent to German translators, and one of them."""

import pytest

from home.models import StandardPage
from tests.make import make_page
from tests.people import signed_in
from tests.translating import send, translator

BLOCK = "11111111-1111-4111-8111-111111111111"
BODY = f"body.{BLOCK}"
TEXT = (
    "<p>Social empowerment begins<br/>in the <b>village</b> hall.</p>"
    '<p>Read <a href="https://example.org/">our <i>handbook</i></a>, “5 &lt; 6 &amp; 7”.</p>'
    "<ul><li>One</li><li><b>Two</b> and <i>three</i></li></ul>"
)


@pytest.fixture
def page(site):
    body = [{"type": "text", "id": BLOCK, "value": TEXT}]
    return make_page(
        site, StandardPage, title="About us", slug="about", introduction="Who we are.", body=body
    )


@pytest.fixture
def translation(page):
    return send(page, "de")


@pytest.fixture
def writer(site):
    return translator("de", "writer")


@pytest.fixture
def client(writer):
    return signed_in(writer)
