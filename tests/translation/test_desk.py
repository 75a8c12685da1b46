"""The translators' queue: who sees what, in which order, and who sets the date."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.translation import drafts
from cms.translation.models import Assignment
from home.models import StandardPage
from tests.editing import told
from tests.make import make_page, publish
from tests.people import approve, make_editor, make_user, send_back, signed_in
from tests.queries import queries_of
from tests.translating import fill_in, language_reviewer, send, target, translator
from tests.translation.desk import soup, words

pytestmark = pytest.mark.django_db

DESK = "/admin/translation/"


@pytest.fixture
def writer(site):
    return translator("de", "greta")


def made(site, title: str, **facts):
    """A page with three words in its title that was sent into German."""
    slug = title.lower().replace(" ", "-")
    translation = send(make_page(site, StandardPage, title=title, slug=slug), "de")
    Assignment.objects.filter(translation=translation).update(**facts)
    return translation


def listed(user, query: str = "") -> list[str]:
    """The titles of the queue with their states, in their order; without the home pages."""
    rows = soup(signed_in(user).get(DESK + query)).select("#to-translate-section tbody tr")
    found = [f"{row.a.text}: {row.select_one('.translation-chip').text}" for row in rows]
    return [row for row in found if not row.startswith("SEMPRE:")]


def test_what_was_sent_back_comes_first_then_what_is_due_then_the_oldest(site, writer):
    today = timezone.localdate()
    made(site, "Old one")
    made(site, "Due next week", due_on=today + timedelta(days=7))
    made(site, "Due last week", due_on=today - timedelta(days=7))
    Assignment.objects.update(sent_at=timezone.now())
    made(site, "Oldest of all", sent_at=timezone.now() - timedelta(days=9))
    reviewer = language_reviewer()
    back = made(site, "Sent back now")
    for translation in (back, made(site, "Being read")):
        fill_in(translation, writer)
        drafts.submit(translation, writer)
    send_back(target(back), reviewer)
    assert listed(writer) == [
        "de Sent back now: Sent back",
        "Due last week: New",
        "Due next week: New",
        "Oldest of all: New",
        "Old one: New",
        "de Being read: In review",
    ]


def test_each_kind_of_work_has_its_name(site, writer):
    translation = made(site, "One two three")
    assert listed(writer) == ["One two three: New"]
    fill_in(translation, writer)
    assert listed(writer) == ["de One two three: In work"]
    drafts.submit(translation, writer)
    assert listed(writer) == ["de One two three: In review"]
    approve(target(translation), language_reviewer())
    assert listed(writer) == []
    page = Page.objects.get(title="One two three").specific
    drafts.renew(translation.source, publish(page, title="One two four"))
    assert listed(writer) == ["de One two three: Source changed"]
    assert "3 of 3" in words(signed_in(writer).get(DESK))


def test_an_empty_queue_says_so(site, writer):
    assert "all is up to date" in words(signed_in(writer).get(DESK))
    assert "all is up to date" in words(signed_in(writer).get("/admin/"))


def test_translators_see_their_language_and_editors_all(site, writer):
    send(Page.objects.get(pk=made(site, "One two").source.get_source_instance().pk), "et")
    assert len(listed(writer)) == 1
    editor = make_editor(site, "edith")
    for home in Page.objects.filter(depth=2):
        make_editor(home)
    assert len(listed(editor)) == 2
    assert len(listed(editor, "?locale=et")) == 1
    assert listed(editor, "?state=in_review") == []
    assert len(listed(editor, "?locale=xx&state=yy&p=99")) == 2


def test_it_is_hidden_from_those_whose_work_it_is_not(site, writer):
    for user in (make_user("nobody"), make_user("", "Partner editors: nordregio")):
        assert signed_in(user).get(DESK).status_code in {302, 403}
        assert DESK not in signed_in(user).get("/admin/").content.decode()
    assert DESK in signed_in(writer).get("/admin/").content.decode()


def test_the_dashboard_shows_what_is_left(site, writer):
    made(site, "One two three")
    shown = soup(signed_in(writer).get("/admin/")).select_one("#translations-section")
    assert "One two three" in shown.text
    row = shown.find("a", string="One two three").find_parent("tr")
    assert "3" in row.select_one(".translation-number").text


def test_reviewers_find_what_waits_for_them(site, writer):
    reviewer = language_reviewer()
    assert signed_in(reviewer).get(DESK).status_code == 200
    translation = made(site, "One two three")
    fill_in(translation, writer)
    drafts.submit(translation, writer)
    shown = soup(signed_in(reviewer).get(DESK)).select_one("#to-review-section")
    assert "de One two three" in shown.text
    assert "Greta" in shown.text
    assert signed_in(reviewer).get(shown.td.a["href"]).status_code == 200
    assert soup(signed_in(writer).get(DESK)).select_one("#to-review-section") is None


def due_url(translation) -> str:
    return reverse("translation_due", args=[translation.assignment.pk])


def test_editors_set_the_date_and_translators_read_it(site, writer):
    translation = made(site, "One two three")
    editor = make_editor(site, "edith")
    make_editor(target(translation).get_parent())
    answer = signed_in(editor).post(due_url(translation), {"due_on": "2001-02-03"}, follow=True)
    assert "due date is saved" in told(answer)
    translation.assignment.refresh_from_db()
    assert str(translation.assignment.due_on) == "2001-02-03"
    assert "overdue" in words(signed_in(writer).get(DESK))
    assert signed_in(writer).post(due_url(translation), {"due_on": ""}).status_code in {302, 403}
    for bad in ("soon", "2001-02-31", "9" * 40):
        answer = signed_in(editor).post(due_url(translation), {"due_on": bad})
        assert answer.status_code == 200
        assert soup(answer).select_one(".error-message")
    translation.assignment.refresh_from_db()
    assert str(translation.assignment.due_on) == "2001-02-03"


def test_the_queue_asks_as_few_questions_for_many_as_for_few(site, writer):
    client, reviewer = signed_in(writer), language_reviewer()
    first = made(site, "One two")
    fill_in(first, writer)
    drafts.submit(first, writer)
    made(site, "Three four")
    few = queries_of(client, DESK), queries_of(signed_in(reviewer), DESK)
    for number in range(12):
        made(site, f"Page number {number}")
        more = made(site, f"In review {number}")
        fill_in(more, writer)
        drafts.submit(more, writer)
    assert queries_of(client, DESK) <= few[0]
    assert queries_of(signed_in(reviewer), DESK) <= few[1]
