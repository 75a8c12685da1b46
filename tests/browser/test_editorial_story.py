"""A piece of news on its way: written, sent back, mended, approved for a time, public."""

import json
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import environment

pytestmark = pytest.mark.browser

TITLE = "Neighbours run the village shop"
NEWS_INDEX = "/api/v1/pages/by-path?path=/en/news/"


@pytest.fixture
def desk_of(tab, served):
    """desk_of("editor"): a tab in which this person has signed in, as people do."""

    def sign_in(name: str):
        page = tab(1440, 1000)
        page.goto("/admin/")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill(served.password(name))
        page.locator("button[type=submit]").click()
        page.wait_for_url(re.compile("/admin/$"))
        return page

    return sign_in


def choose_action(page, name) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name).first.click()


def review(page, edit_url: str, action: str):
    """The dialogue in which a review is decided."""
    page.goto(edit_url)
    choose_action(page, action)
    dialogue = page.locator(".modal-content")
    expect(dialogue.locator("form")).to_be_visible()
    return dialogue


THE_TIME_HAS_COME = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Revision
planned = Revision.objects.filter(approved_go_live_at__isnull=False)
planned.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
"""


def tick(served) -> None:
    """What the clock does at the time: not the clock is moved but what is planned."""
    port = int(served.url.rpartition(":")[2])
    for command in (["shell", "-c", THE_TIME_HAS_COME], ["publish_due"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            env=environment(served.folder, port),
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def write(page) -> str:
    """A draft that still lacks a credit is sent off; its address in the admin."""
    index = json.loads(page.request.get(NEWS_INDEX).text())["id"]
    page.goto(f"/admin/pages/add/news/newspage/{index}/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=introduction]").fill("The shop closed; forty neighbours opened it again.")
    expect(page.locator("[name=slug]")).to_have_value("neighbours-run-the-village-shop")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text(TITLE)
    choose_action(page, re.compile("Submit to Editorial review"))
    expect(page.locator(".messages")).to_contain_text("submitted for moderation")
    page.get_by_role("link", name=TITLE).first.click()
    return page.url


def test_the_way_of_a_piece_of_news(desk_of, served):
    editor = desk_of("editor")
    edit_url = write(editor)
    address = "/en/news/neighbours-run-the-village-shop/"

    publisher = desk_of("publisher")
    dialogue = review(publisher, edit_url, "Send back")
    dialogue.locator("textarea").fill("Say which village it is.")
    dialogue.get_by_role("button", name="Send back").click()
    publisher.wait_for_load_state("networkidle")

    editor.goto("/admin/")
    expect(editor.locator("main")).to_contain_text("Say which village it is.")
    editor.goto(edit_url)
    editor.locator("[name=introduction]").fill("In Rucava, forty neighbours opened the shop again.")
    choose_action(editor, re.compile("Resubmit to|Submit to"))
    expect(editor.locator(".messages")).to_contain_text("submitted for moderation")

    publisher.goto("/admin/")
    expect(publisher.locator("main")).to_contain_text(TITLE)
    dialogue = review(publisher, edit_url, "Approve")
    expect(dialogue).to_contain_text("Rucava")
    tomorrow = timezone.localtime() + timedelta(days=1)
    dialogue.locator("[name=go_live_at]").fill(tomorrow.strftime("%Y-%m-%d %H:%M"))
    dialogue.locator("[name=comment]").click()
    dialogue.get_by_role("button", name="Approve").click()
    publisher.wait_for_load_state("networkidle")
    assert publisher.request.get(address).status == 404

    tick(served)
    publisher.goto(address)
    expect(publisher.locator("h1")).to_have_text(TITLE)
    expect(publisher.locator("main")).to_contain_text("Rucava")

    publisher.goto(edit_url.replace("/edit/", "/history/"))
    for words in ("Say which village it is.", "scheduled", "Published"):
        expect(publisher.locator("main")).to_contain_text(re.compile(words, re.IGNORECASE))
