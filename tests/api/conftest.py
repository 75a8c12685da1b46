"""A small site for the API's tests: English, German, and Lithuanian without a page yet."""

import json
import os
import re
from pathlib import Path

import pytest
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from tests.make import make_page, translate

EXPECTED = Path(__file__).parents[1] / "expected"
STEADY = {
    r"\d{4}-\d{2}-\d{2}T[\d:.]+(Z|\+00:00)": "2019-12-02T12:00:00Z",
    r'"id": \d+': '"id": 0',
    r"(/api/v1/pages)/\d+": r"\1/0",
    r"/media/images/[\w.-]+": "/media/images/x",
    r'"bytes": \d+': '"bytes": 0',
    r'"sha256": "[0-9a-f]{64}"': '"sha256": "0"',
}
"""What differs from run to run: moments, ids of rows, names and bytes of files."""


@pytest.fixture
def home(db) -> HomePage:
    """The English home page, translated into German."""
    locales = {
        code: Locale.objects.get_or_create(language_code=code)[0] for code in ["en", "de", "lt"]
    }
    for page in Page.objects.filter(depth=2):
        page.delete()
    root = Page.objects.get(depth=1)
    home = make_page(root, HomePage, title="SEMPRE", slug="home", locale=locales["en"])
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    translate(home, "de", {"SEMPRE": "Startseite"})
    return home


@pytest.fixture
def get(client):
    """get("news", locale="de"): the parsed answer of an address of the API, which must be 200."""

    def ask(address: str, **parameters):
        response = client.get(f"/api/v1/{address}", parameters)
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    return ask


@pytest.fixture
def expect():
    """expect("news", answer): the answer is what tests/expected/news.json says, but for STEADY.

    With UPDATE_EXPECTED=1 in the environment the file is written anew, to be read before commit.
    """

    def compare(name: str, answer):
        path = EXPECTED / f"{name}.json"
        text = json.dumps(answer)
        for pattern, instead in STEADY.items():
            text = re.sub(pattern, instead, text)
        steady = json.loads(text)
        if os.environ.get("UPDATE_EXPECTED"):
            path.write_text(json.dumps(steady, indent=2, ensure_ascii=False) + "\n")
        assert steady == json.loads(path.read_text())

    return compare
