"""What was sent goes on whatever happens, and stops when somebody says so."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.translation.models import Assignment, Sending, SendingItem
from cms.translation.sending import work
from cms.translation.sending.parcel import send
from home.models import HomePage
from news.models import NewsIndexPage
from tests.make import below_home, make_news, publish
from tests.people import make_editor, signed_in
from tests.test_admin_pages import shown_text
from tests.translating import fill_in
from tests.translation.test_sendings import is_with, locale, send_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(site):
    return make_editor(site)


@pytest.fixture
def many(site):
    return [make_news(title=f"News {number}", slug=f"n{number}") for number in range(12)]


def test_a_page_that_fails_is_told_with_its_reason_and_the_rest_goes_on(many, editor):
    home = send(HomePage.objects.get(locale__language_code="en"), [locale("de")], editor)[0]
    index = send(below_home(NewsIndexPage, "news"), [locale("de")], editor)[0]
    assert home
    german = index.translation.get_target_instance()
    make_news(german, slug="n3", title="Anderes", locale=locale("de"))
    client = signed_in(editor)
    url = send_url(*many)
    answer = client.post(url, {"locales": ["de"]}, follow=True)
    assert "11 of 12 are with their translators, 0 wait, 1 could not be sent" in shown_text(answer)
    assert "another page stands at this address" in shown_text(answer)
    failed = SendingItem.objects.get(state="failed")
    assert failed.page_id == many[3].pk
    Page.objects.get(title="Anderes").delete()
    client.post(reverse("resume_sending", args=[failed.sending_id]))
    assert is_with(many[3], "de")


def test_an_error_of_one_page_does_not_hold_up_the_others(many, editor, monkeypatch):
    def broken(page):
        if page.title == "News 4":
            raise ValueError("no such block")
        return {}

    monkeypatch.setattr("cms.translation.sending.parcel.fingerprint", broken)
    sending = work.begin(editor, [(page, locale("de")) for page in many], None, False)
    work.work_off(sending.pk)
    failed = sending.items.get(state="failed")
    assert (failed.title, "no such block" in failed.reason) == ("News 4", True)
    assert sending.items.filter(state="done").count() == 11


def test_what_was_cancelled_stays_until_it_is_resumed(many, editor):
    sending = work.begin(editor, [(page, locale("de")) for page in many], None, False)
    assert work.work_off(sending.pk, limit=3)
    client = signed_in(editor)
    assert "3 of 12 are with their translators, 9 wait" in shown_text(
        client.get(reverse("sending", args=[sending.pk]))
    )
    client.post(reverse("cancel_sending", args=[sending.pk]))
    assert not work.work_off(sending.pk)
    assert [is_with(page, "de") for page in many] == [True] * 3 + [False] * 9
    client.post(reverse("resume_sending", args=[sending.pk]))
    assert all(is_with(page, "de") for page in many)


def test_only_the_sender_and_administrators_cancel(many, editor, admin_client):
    sending = work.begin(editor, [(many[0], locale("de"))], None, False)
    url = reverse("cancel_sending", args=[sending.pk])
    signed_in(make_editor(many[0])).post(url)
    assert Sending.objects.unfinished().exists()
    admin_client.post(url)
    assert not Sending.objects.unfinished().exists()


def test_what_a_worker_left_is_resumed_by_the_clock(many, editor):
    sending = work.begin(editor, [(page, locale("de")) for page in many], None, False)
    work.work_off(sending.pk, limit=3)
    call_command("resume_sendings", verbosity=0)
    assert sending.items.filter(state="waiting").count() == 9
    Sending.objects.update(asked_at=timezone.now() - timedelta(minutes=10))
    SendingItem.objects.filter(state="done").update(done_at=timezone.now() - timedelta(minutes=10))
    call_command("resume_sendings", verbosity=0)
    assert sending.items.filter(state="done").count() == 12


def test_somebody_who_may_no_longer_send_sends_nothing_more(many, editor):
    sending = work.begin(editor, [(page, locale("de")) for page in many], None, False)
    editor.groups.clear()
    work.work_off(sending.pk)
    assert not Assignment.objects.exists()
    assert sending.items.filter(state="failed", reason__contains="may not").count() == 12


def test_translators_are_told_once_and_only_of_what_is_new(many, editor, monkeypatch):
    heard = []
    monkeypatch.setattr(work, "tell_translators", lambda assignments: heard.append(assignments))
    pairs = [(page, locale("de")) for page in many[:3]]
    work.work_off(work.begin(editor, pairs, None, False).pk)
    assert [len(assignments) for assignments in heard] == [3]
    fill_in(heard[0][0].translation)
    publish(many[1], title="Another title")
    work.work_off(work.begin(editor, pairs, None, False).pk)
    assert [one.translation.source.object_id for one in heard[1]] == [many[1].translation_key]
