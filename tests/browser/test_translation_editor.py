"""A translator at the desk: what is written is never lost, and goes public by its review."""

import re
import subprocess
import sys

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import environment

pytestmark = pytest.mark.browser

THE_SOURCE_CHANGES = """
from wagtail.models import Page
from wagtail_localize.models import TranslationSource
from cms.translation import drafts
from tests.make import publish
page = Page.objects.get(url_path__endswith="/about/how-it-works/", locale__language_code="en")
body = page.specific.body.raw_data
for block in body:
    if block["type"] == "text":
        block["value"] = block["value"].replace("the people", "the neighbours", 1)
page = publish(page, introduction="Five steps, told anew.", body=list(body))
drafts.renew(TranslationSource.objects.get(object_id=page.translation_key), page)
"""
PAGE, ADDRESS = "So funktioniert es", "/de/about/how-it-works/"


@pytest.fixture(scope="module")
def changed(served):
    port = int(served.url.rpartition(":")[2])
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", THE_SOURCE_CHANGES],
        env=environment(served.folder, port),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def desk_of(tab, served, changed):
    """desk_of("translator-de"): a tab in which this person has signed in, as people do."""

    def sign_in(name: str):
        page = tab(1280, 900)
        page.goto("/admin/")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill(served.password(name))
        page.locator("button[type=submit]").click()
        page.wait_for_url(re.compile("/admin/$"))
        return page

    return sign_in


def line(page, place: str):
    return (
        page.locator(".translation-line")
        .filter(has=page.locator(".translation-line__place", has_text=re.compile(f"^{place}$")))
        .first
    )


def field(row):
    return row.locator("textarea[name^=segment]")


def says(row):
    return row.locator("[data-translation-line-target=status]")


def test_what_is_written_is_kept_through_everything(desk_of):
    greta = desk_of("translator-de")
    greta.get_by_role("link", name=PAGE, exact=True).first.click()
    row = line(greta, "Introduction")
    expect(row.locator("ins").first).to_be_visible()
    field(row).fill("Fünf Schritte")
    field(row).press("Control+Enter")
    expect(says(row)).to_have_text("Saved")
    expect(row.locator(".translation-chip")).to_contain_text("Translated")
    assert greta.evaluate("document.activeElement.getAttribute('role')") == "textbox"

    greta.context.set_offline(True)
    field(row).fill("Fünf Schritte, ohne Netz")
    field(row).blur()
    expect(says(row)).to_contain_text("no connection")
    greta.context.set_offline(False)
    expect(says(row)).to_have_text("Saved", timeout=15_000)

    other = greta.context.new_page()
    other.goto(greta.url)
    field(line(other, "Introduction")).fill("Fünf Schritte, anderswo")
    field(line(other, "Introduction")).blur()
    expect(says(line(other, "Introduction"))).to_have_text("Saved")
    field(row).fill("Fünf Schritte, hier")
    field(row).blur()
    expect(row.locator(".translation-conflict")).to_contain_text("anderswo")
    greta.on("dialog", lambda dialogue: dialogue.accept())
    greta.reload()
    expect(field(row)).to_have_value("Fünf Schritte, hier")
    row.get_by_role("button", name="Keep mine").click()
    expect(says(row)).to_have_text("Saved")
    greta.reload()
    expect(field(row)).to_have_value("Fünf Schritte, hier")


def test_rich_text_keeps_its_marks_and_takes_no_foreign_ones(desk_of):
    greta = desk_of("translator-de")
    greta.get_by_role("link", name=PAGE, exact=True).first.click()
    row = greta.locator(".translation-line", has=greta.locator("a[data-link]")).first
    box = row.get_by_role("textbox").first
    before = field(row).input_value()
    assert '<a id="a1">' in before
    box.click()
    greta.keyboard.press("Control+Home")
    box.evaluate(PASTE)
    greta.keyboard.press("Control+s")
    expect(says(row)).to_have_text("Saved")
    assert field(row).input_value() == f"fett &amp; gut {before}"


PASTE = """box => {
  const data = new DataTransfer();
  data.setData("text/plain", "fett & gut ");
  data.setData("text/html", "<b onclick='x()'>fett</b> & <script>x()</script>gut ");
  const how = {clipboardData: data, bubbles: true, cancelable: true};
  box.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def test_a_translation_on_its_way_to_the_public(desk_of):
    greta = desk_of("translator-de")
    greta.get_by_role("link", name=PAGE, exact=True).first.click()
    edit_url = greta.url
    field(line(greta, "Introduction")).fill("Fünf Schritte, neu erzählt.")
    greta.get_by_role("button", name="Toggle preview").click()
    preview = greta.frame_locator("iframe[title=Preview]")
    expect(preview.locator("main")).to_contain_text("neu erzählt", timeout=15_000)
    greta.get_by_role("link", name="Open", exact=True).click()
    for row in greta.locator(".translation-line:visible").all():
        row.get_by_role("button", name="Use", exact=True).first.click()
        expect(says(row)).to_have_text("Saved")
    greta.get_by_role("button", name="Submit for review").click()
    expect(greta.locator(".messages")).to_contain_text("was sent to review")

    rita = desk_of("reviewer-de")
    rita.goto("/admin/translation/")
    rita.locator("#to-review-section").get_by_role("link", name=PAGE).click()
    row = line(rita, "Introduction")
    row.get_by_text("Comments").click()
    row.locator("textarea").fill("Lieber: noch einmal erzählt.")
    row.get_by_role("button", name="Comment", exact=True).click()
    expect(row.locator(".translation-comment")).to_contain_text("noch einmal")
    rita.get_by_role("button", name="Send back").click()
    expect(rita.locator(".messages")).to_contain_text("goes back")

    greta.goto(edit_url)
    row = line(greta, "Introduction")
    expect(row).to_contain_text("Lieber: noch einmal erzählt.")
    field(row).fill("Fünf Schritte, noch einmal erzählt.")
    greta.get_by_role("button", name="Submit for review again").click()
    expect(greta.locator(".messages")).to_contain_text("was sent to review")

    rita.goto(edit_url)
    rita.get_by_role("button", name="Approve").click()
    expect(rita.locator(".messages")).to_contain_text("is approved")
    rita.goto(ADDRESS)
    expect(rita.locator("main")).to_contain_text("Fünf Schritte, noch einmal erzählt.")
