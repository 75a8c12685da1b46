"""Mails to those who translate."""

from datetime import date

import pytest
from django.core import mail
from wagtail.users.models import UserProfile

from cms.translation.letters import tell_translators
from cms.translation.models import Assignment
from home.models import StandardPage
from tests.make import make_page
from tests.people import make_editor, signed_in
from tests.translating import send, translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(django_capture_on_commit_callbacks):
    def now(assignments):
        with django_capture_on_commit_callbacks(execute=True):
            tell_translators(assignments)
        return {message.to[0]: message for message in mail.outbox}

    return now


def assignment(site, title: str, **facts) -> Assignment:
    slug = title.lower().replace(" ", "-")
    made = send(make_page(site, StandardPage, title=title, slug=slug), "de").assignment
    Assignment.objects.filter(pk=made.pk).update(**facts)
    return Assignment.objects.get(pk=made.pk)


def test_each_translator_of_the_language_gets_one_mail_in_their_own(site, tell):
    greta = translator("de", "greta")
    translator("et", "eeva")
    translator("de", "gone").__class__.objects.filter(username="gone").update(is_active=False)
    profile = UserProfile.get_for_user(greta)
    profile.preferred_language = "de"
    profile.save()
    editor = make_editor(site, "edith")
    sent = [
        assignment(site, "One two three", sent_by=editor, due_on=date(2027, 3, 4)),
        assignment(site, "Four five", sent_by=editor),
    ]
    mails = tell(sent)
    assert list(mails) == ["greta@example.org"]
    body = mails["greta@example.org"].body
    for words in ("One two three", "Four five", "Edith", "5 ", "04.03.2027", "/admin/translation/"):
        assert words in body


def test_nobody_is_told_of_what_they_sent_themselves_or_do_not_want_to_hear_of(site, tell):
    greta, gerd = translator("de", "greta"), translator("de", "gerd")
    profile = UserProfile.get_for_user(gerd)
    profile.submitted_notifications = False
    profile.save()
    assert tell([assignment(site, "One two", sent_by=greta)]) == {}


def test_sending_a_page_tells_its_translators(site, django_capture_on_commit_callbacks):
    translator("de", "greta")
    page = make_page(site, StandardPage, title="One two three", slug="one")
    editor = signed_in(make_editor(site, "edith"))
    with django_capture_on_commit_callbacks(execute=True):
        url = f"/admin/localize/submit/page/{page.pk}/"
        answer = editor.post(url, {"locales": ["de"]}, follow=True)
    assert answer.status_code == 200
    assert [message.to for message in mail.outbox] == [["greta@example.org"]]
    assert "One two three" in mail.outbox[0].body
