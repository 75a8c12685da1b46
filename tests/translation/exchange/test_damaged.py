"""A damaged, foreign or outdated file changes nothing, says why, and is never a server's error."""

import pytest
from django.urls import reverse

from tests.exchanging import confirm, download, everything, msgstrs, send_file, targets, told
from tests.translation.exchange.damages import DAMAGES

pytestmark = pytest.mark.django_db
REASONS = ("Refused", "Not finished", "The source has changed", "changes nothing")


@pytest.fixture
def files(client, translation):
    """The title translated, in an XLIFF file and in a PO file."""
    client.raise_request_exception = False
    x = targets(download(client, translation), {"title": "Über uns"})
    p = msgstrs(download(client, translation, "po"), {"title": "Über uns"})
    return x, p


def test_there_are_sixty_of_them():
    assert len(DAMAGES) >= 60


def test_each_changes_nothing_and_says_why(client, files):
    before = everything()
    found = {damage: fault_of(client, files, before, *DAMAGES[damage]) for damage in DAMAGES}
    assert {damage: fault for damage, fault in found.items() if fault} == {}


def fault_of(client, files, before: dict, name: str, make) -> str:
    """What is wrong with the answer to a damaged file; "" where nothing is."""
    shown = send_file(client, make(*files), name)
    if shown.status_code != 200:
        return f"status {shown.status_code}"
    if b'name="signature"' in shown.content:
        if not any(reason in told(shown) for reason in REASONS):
            return f"says nothing: {told(shown)}"
        if confirm(client, shown).status_code != 200:
            return "confirmed with an error"
    else:
        errors = [message.level_tag for message in shown.context["messages"]]
        if shown.redirect_chain[-1][0] != reverse("translation_exchange") or errors != ["error"]:
            return f"is not told: {errors}"
    changed = {table for table, content in everything().items() if content != before[table]}
    return f"changed {changed}" if changed else ""


@pytest.mark.parametrize("number", [0, 1], ids=["XLIFF", "PO"])
def test_the_same_file_undamaged_changes_something(client, files, number):
    before = everything()
    confirm(client, send_file(client, files[number], ["a.xlf", "a.po"][number]))
    assert everything() != before


def recoded(encoding: str):
    return lambda text: (
        text.replace("UTF-8", encoding).replace("utf-8", encoding).encode(encoding, "ignore")
    )


OTHER_WAYS = {
    "with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "lines of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "UTF-16": recoded("utf-16"),
    "Latin 1 that says so": recoded("iso-8859-1"),
}


@pytest.mark.parametrize("number", [0, 1], ids=["XLIFF", "PO"])
def test_other_ways_of_writing_the_same_are_read(client, files, number):
    for way, change in OTHER_WAYS.items():
        shown = send_file(client, change(files[number].decode()), ["a.xlf", "a.po"][number])
        assert "Will change: 1" in told(shown), way
