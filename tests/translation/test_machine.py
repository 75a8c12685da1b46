"""A machine proposes; what it costs is shown before, what it says is nobody's word yet."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from cms.translation import drafts, strings
from cms.translation.machine import services
from cms.translation.models import Assignment, MachineRun, Suggestion
from cms.translation.segments import TranslatedTexts
from home.models import StandardPage
from tests.exchanging import told
from tests.make import make_page
from tests.people import signed_in
from tests.translating import segment, send, target, translator
from tests.translation.machines import HANGS, machine

pytestmark = pytest.mark.django_db
BODY = "<p>Read <a href='https://example.org/'>our <b>handbook</b></a>.</p><p>Two &amp; three.</p>"
CHARACTERS = "64"
SERVICES = pytest.mark.parametrize("name", ["DeepL", "LibreTranslate"])


@pytest.fixture
def translation(site):
    body = [{"type": "text", "value": BODY}]
    return send(make_page(site, StandardPage, title="About us", slug="about", body=body), "de")


@pytest.fixture
def client(site):
    return signed_in(translator("de", "writer"))


@pytest.fixture
def server(settings):
    with machine() as made:
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = made.options("DeepL")
        yield made


def address(translation) -> str:
    return reverse("wagtail_localize:machine_translate", args=[translation.pk])


def ask(client, translation):
    """Look what it costs, and agree."""
    shown = client.get(address(translation))
    characters = shown.context["estimate"].characters
    return client.post(address(translation), {"characters": characters}, follow=True)


def suggested() -> list[str]:
    return list(Suggestion.objects.order_by("pk").values_list("text", flat=True))


def run() -> MachineRun:
    return MachineRun.objects.get()


def test_what_it_costs_is_shown_and_nothing_sent(client, translation, server, settings):
    settings.MACHINE_TRANSLATION_PRICE = 20_000
    text = told(client.get(address(translation)))
    assert "Service DeepL Texts 3 Characters 64 Estimated cost about 1.28 euros" in text
    assert server.asked == []


def test_nothing_is_sent_without_somebody_having_seen_the_cost(client, translation, server):
    assert client.post(address(translation)).status_code == 200
    assert client.post(address(translation), {"characters": "1"}).status_code == 200
    assert (server.asked, suggested()) == ([], [])


@SERVICES
def test_what_a_machine_says_is_a_suggestion_and_on_no_page(
    client, translation, server, settings, name
):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = server.options(name)
    ask(client, translation)
    assert suggested() == [
        "M About us",
        'M Read <a id="a1">our <b>handbook</b></a>.',
        "M Two &amp; three.",
    ]
    assert not StringTranslation.objects.exists()
    assert {one.state for one in TranslatedTexts(translation).segments} == {"suggested"}
    assert (run().state, run().answered) == ("done", 3)
    drafts.make_draft(translation, None)
    assert target(translation).get_latest_revision_as_object().title == "About us"
    assert Assignment.objects.get(translation=translation).machine_words == 0


def test_what_somebody_has_translated_is_not_sent(client, translation, server):
    strings.store(translation, segment(translation, "title"), "Über uns", None)
    ask(client, translation)
    assert "About us" not in server.asked[0]
    ask_again = told(client.get(address(translation)))
    assert "Every text has a translation or a suggestion." in ask_again


@SERVICES
@pytest.mark.parametrize("plan", [[429], [500, 503], [HANGS]])
def test_a_service_that_is_busy_is_asked_again(client, translation, server, settings, name, plan):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = server.options(name)
    server.plan = list(plan)
    ask(client, translation)
    assert len(suggested()) == 3
    assert len(server.asked) == len(plan) + 1


@SERVICES
@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ([456], "all that was paid for"),
        ([403], "does not know our key"),
        ([429] * 3, "too busy"),
        ([500] * 3, "does not answer"),
        ([400], "does not answer"),
        ([b"<html>"], "no translation"),
        ([b"{}"], "no translation"),
        ([b"[]"], "no translation"),
        ([b'{"translations": [{"text": "one"}], "translatedText": ["one"]}'], "no translation"),
        (
            [b'{"translations": [{}, {}, {}], "translatedText": [null, null, null]}'],
            "no translation",
        ),
    ],
)
def test_a_service_that_fails_is_told_in_words(
    client, translation, server, settings, name, plan, words
):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = server.options(name)
    server.plan = list(plan)
    assert ask(client, translation).status_code == 200
    assert words in told(client.get(address(translation)))
    assert (run().state, suggested()) == ("failed", [])


def test_what_was_answered_before_a_failure_stays_and_is_not_sent_again(
    client, translation, server, monkeypatch
):
    monkeypatch.setattr(services, "TEXTS", 1)
    server.plan = [None, 456]
    ask(client, translation)
    assert suggested() == ["M About us"]
    assert (run().state, run().answered, run().asked) == ("failed", 1, 3)
    ask(client, translation)
    assert len(suggested()) == 3
    assert server.asked[2:] == [[text] for text in server.asked[1] + ["Two &amp; three."]]


def test_an_answer_that_cannot_stand_there_is_counted_and_left_out(client, translation, server):
    server.plan = [b'{"translations": [{"text": "<b>x</b>"}, {"text": ""}, {"text": "Zwei"}]}']
    ask(client, translation)
    assert suggested() == ["Zwei"]
    assert run().unusable == 2


def test_nobody_at_the_address_of_a_service_is_told(client, translation, server, settings):
    options = server.options("DeepL")
    options["OPTIONS"]["URL"] = "http://127.0.0.1:9/"
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = options
    ask(client, translation)
    assert run().fault == "away"


def test_other_translators_and_pages_in_review_are_refused(client, translation, server):
    other = signed_in(translator("et", "other"))
    assert other.get(address(translation)).status_code == 302
    other.post(address(translation), {"characters": CHARACTERS})
    page = Page.objects.get(pk=target(translation).pk)
    Page.objects.filter(pk=page.pk).update(locked=True)
    client.post(address(translation), {"characters": CHARACTERS})
    assert (server.asked, suggested()) == ([], [])


def test_one_run_at_a_time(client, translation, server):
    MachineRun.objects.create(translation=translation)
    ask(client, translation)
    assert server.asked == []


def test_a_site_without_a_service_says_so(client, translation, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
    assert "No machine translates" in told(client.get(address(translation)))
    assert client.post(address(translation), {"characters": CHARACTERS}).status_code == 404
