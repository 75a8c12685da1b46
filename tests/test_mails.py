"""The mails about reviews: to whom, in which language, how often."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from wagtail.models import TaskState
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield
from wagtail.users.models import UserProfile

from cms.editorial import roles
from cms.editorial.mails import tell_reviewers
from tests.make import make_news, publish
from tests.people import (
    approve,
    assign_workflow,
    current,
    four_eyes,
    make_editor,
    make_publisher,
    make_user,
    save,
    send_back,
    signed_in,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(site):
    return make_editor(site, "anna")


@pytest.fixture
def publisher(site):
    return make_publisher(site, "bert")


@pytest.fixture
def reviewed(site, editor, publisher):
    assign_workflow(site)
    return site


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """Do something, and get the mails that the worker has sent when all is done."""

    def collect(function, *args, **kwargs):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            function(*args, **kwargs)
            assert mail.outbox == [], "sent inside the request"
        return list(mail.outbox)

    return collect


def draft(**fields):
    return make_news(**{"live": False, "introduction": "In short."} | fields)


def to(sent) -> list[str]:
    return sorted(address for message in sent for address in message.to)


def test_who_may_review_is_told_once_and_nobody_else(reviewed, editor, publisher, admin, mails):
    make_publisher(reviewed, "carla")
    make_user("gone", roles.PUBLISHERS, is_active=False)
    sent = mails(submit, draft(title="Open day"), editor)
    assert to(sent) == ["bert@example.org", "carla@example.org"]
    assert sent[0].subject == "To review: Open day"
    assert "Anna has sent “Open day” (English) to review: Four eyes." in sent[0].body
    page = current(TaskState.objects.latest("pk").workflow_state.content_object)
    assert f"http://testserver/admin/pages/{page.pk}/edit/" in sent[0].body
    assert f'href="http://testserver/admin/pages/{page.pk}/edit/"' in sent[0].alternatives[0][0]


def test_what_changed_on_a_live_page_is_linked(reviewed, editor, mails):
    page = publish(make_news(introduction="In short."))
    [message] = mails(submit, page, editor)
    revision = current(page).latest_revision_id
    assert f"/admin/pages/{page.pk}/revisions/compare/live...{revision}/" in message.body


def test_authors_are_not_asked_to_review_their_own_text(reviewed, publisher, mails, admin):
    other = make_publisher(reviewed, "carla")
    page = draft()
    save(page, other)
    sent = mails(lambda: current(page).get_workflow().start(current(page), publisher))
    assert to(sent) == ["admin@example.org"]


def test_administrators_are_asked_only_where_nobody_else_may_review(
    reviewed, editor, publisher, admin, mails
):
    assert to(mails(submit, draft(), editor)) == ["bert@example.org"]
    assert to(mails(submit, draft(), publisher)) == ["admin@example.org"]


def test_who_sent_it_and_who_changed_it_hear_why_it_comes_back(reviewed, editor, publisher, mails):
    other = make_editor(reviewed, "emil")
    page = draft(title="Open day")
    submit(page, editor)
    current(page).current_workflow_state.cancel()
    save(page, other)
    current(page).get_workflow().start(current(page), editor)
    sent = mails(send_back, page, publisher, "The date\nis <wrong>.")
    assert to(sent) == ["anna@example.org", "emil@example.org"]
    assert sent[0].subject == "Sent back: Open day"
    assert "Bert has sent “Open day” (English) back to you." in sent[0].body
    assert "The date\nis <wrong>." in sent[0].body
    assert "The date<br>is &lt;wrong&gt;." in sent[0].alternatives[0][0]


def test_what_the_content_check_found_is_in_the_mail(reviewed, editor, mails):
    [message] = mails(submit, draft(introduction=""), editor)
    assert message.to == ["anna@example.org"]
    assert "The content check has sent" in message.body
    assert "The introduction is missing." in message.body


def test_who_sent_it_hears_of_the_approval(reviewed, editor, publisher, mails):
    page = draft(title="Open day")
    submit(page, editor)
    [message] = mails(approve, page, publisher, "Fine.")
    assert message.to == ["anna@example.org"]
    assert message.subject == "Approved: Open day"
    assert "Bert has approved “Open day” (English)." in message.body
    assert "Fine." in message.body


def test_each_reads_mails_in_their_own_language(reviewed, editor, publisher, mails):
    profile = UserProfile.get_for_user(publisher)
    profile.preferred_language = "de"
    profile.save()
    make_publisher(reviewed, "carla")
    sent = {m.to[0]: m.subject for m in mails(submit, draft(title="Open day"), editor)}
    assert sent["carla@example.org"] == "To review: Open day"
    assert sent["bert@example.org"] == "Zu prüfen: Open day"


def test_who_switched_a_kind_of_mail_off_gets_none(reviewed, editor, publisher, mails):
    profile = UserProfile.get_for_user(publisher)
    profile.submitted_notifications = False
    profile.save()
    UserProfile.objects.update_or_create(user=editor, defaults={"rejected_notifications": False})
    page = draft()
    assert mails(submit, page, editor) == []
    assert mails(send_back, page, publisher) == []


def test_a_title_with_a_line_break_cannot_add_a_header(reviewed, editor, mails):
    [message] = mails(submit, draft(title="Open day\nBcc: x@example.org"), editor)
    assert message.subject == "To review: Open day Bcc: x@example.org"


def restart(page, user, **fields) -> None:
    """What saving a text in review does: the step starts anew with the new text."""
    save(page, user, **fields)
    current(page).current_workflow_task_state.specific.cancel(user=user, resume=True)


def test_changes_during_a_review_are_told_at_most_once_an_hour(reviewed, editor, mails):
    assign_workflow(reviewed, four_eyes())
    page = draft()
    assert len(mails(submit, page, editor)) == 1
    assert mails(restart, page, editor, title="Second") == []
    states = TaskState.objects.filter(workflow_state__object_id=str(page.pk))
    states.update(started_at=timezone.now() - timedelta(minutes=61))
    assert len(mails(restart, page, editor, title="Third")) == 1
    assert mails(restart, page, editor, title="Fourth") == []


def test_a_text_that_comes_again_after_it_was_sent_back_is_told_at_once(
    reviewed, editor, publisher, mails
):
    page = draft()
    submit(page, editor)
    send_back(page, publisher)
    assert to(mails(submit, page, editor)) == ["bert@example.org"]


def test_a_change_before_the_worker_has_told_anybody_hides_nothing(reviewed, editor, mails):
    assign_workflow(reviewed, four_eyes())

    def both():
        page = draft()
        submit(page, editor)
        restart(page, editor, title="Second")

    assert to(mails(both)) == ["bert@example.org"]


def test_sending_through_the_editor_sends_one_mail_a_person(
    reviewed, editor, publisher, admin, mails
):
    page = draft()
    client, address = signed_in(editor), f"/admin/pages/{page.pk}/edit/"
    html = client.get(address).content.decode()
    data = querydict_from_html(html, form_id="page-edit-form").dict()
    data |= nested_form_data({"body": streamfield([])}) | {"action-submit": "1"}
    sent = mails(client.post, address, data)
    assert to(sent) == ["bert@example.org"]


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work() -> None:
    """What the worker does, but in the transaction of the test: its loop closes connections."""
    told = {"queue_names": ["*"], "interval": 0, "batch": True, "backend_name": "default"}
    told |= {"startup_delay": False, "max_tasks": None, "excluded_queue_names": []}
    worker = Worker(worker_id="test", **told)
    while job := DBTaskResult.objects.ready().first():
        job.claim(worker.worker_id)
        worker.run_task(job)


class Unreachable(EmailBackend):
    """A mail server that refuses to talk."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


def test_a_mail_that_the_server_refuses_is_tried_again_later(
    reviewed, editor, queue, mails, settings
):
    settings.EMAIL_BACKEND = "tests.test_mails.Unreachable"
    mails(submit, draft(), editor)
    work()
    now = timezone.now()
    again = DBTaskResult.objects.get(run_after__range=(now, now + timedelta(hours=1)))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    DBTaskResult.objects.filter(pk=again.pk).update(run_after=timezone.now())
    work()
    assert to(mail.outbox) == ["bert@example.org"]


def test_the_review_is_over_before_the_mail_is_written(reviewed, editor, publisher, queue, mails):
    page = draft()
    mails(submit, page, editor)
    approve(page, publisher)
    work()
    assert to(mail.outbox) == []


def test_a_page_that_is_gone_is_told_to_nobody(reviewed, editor):
    page = draft()
    state = submit(page, editor).current_task_state_id
    current(page).delete()
    assert tell_reviewers.call(state) == 0
