"""A page at the translators' desk, and who works on it."""

import pytest

from home.models import StandardPage
from tests.make import make_page
from tests.translating import send, translator

LINK = '<p>See <a href="https://a.example/">this</a> and <b>that</b>.</p><ul><li>One</li></ul>'
BLOCK = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def page(site):
    body = [{"type": "text", "id": BLOCK, "value": LINK}]
    facts = {"title": "About", "slug": "about", "introduction": "What we do.\nAnd why."}
    return make_page(site, StandardPage, body=body, **facts)


@pytest.fixture
def translation(page):
    return send(page, "de")


@pytest.fixture
def writer(site):
    return translator("de", "greta")
