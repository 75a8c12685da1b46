"""What is saved in the admin is saved wholly or not at all."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, TaskState, WorkflowState
from wagtail.signals import page_published, page_unpublished, workflow_submitted
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.changes.models import Change
from cms.editorial.middleware import may_change_tree
from home.models import StandardPage
from tests.make import make_page
from tests.people import action_url, make_user, submit

pytestmark = pytest.mark.django_db


@contextmanager
def failing(signal):
    """Somebody who listens to this signal, and fails."""

    def fail(**kwargs):
        raise RuntimeError("on purpose")

    signal.connect(fail)
    try:
        yield
    finally:
        signal.disconnect(fail)


@pytest.fixture
def patient(admin_client) -> Client:
    """A browser that shows the answer 500 instead of raising."""
    admin_client.raise_request_exception = False
    return admin_client


def form(**fields) -> dict:
    values = {"title": "New", "slug": "new", "body": streamfield([])}
    return nested_form_data(values | {"comments": inline_formset([])} | fields)


def counts() -> dict[str, int]:
    """How many rows there are of all that a publishing writes."""
    models = [Page, Revision, PageLogEntry, ModelLogEntry, Change, TaskState, WorkflowState]
    return {model.__name__: model.objects.count() for model in models}


def test_a_failure_after_submitting_leaves_nothing_of_a_new_page(site, patient):
    before = counts()
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", site.pk])
    submitted = form(introduction="In short.") | {"action-submit": "1"}
    with failing(workflow_submitted):
        assert patient.post(url, submitted).status_code == 500
    assert counts() == before
    assert patient.post(url, submitted).status_code == 302
    assert counts()["Page"] == before["Page"] + 1


def test_a_failure_after_publishing_leaves_a_review_open(site, patient):
    page = make_page(site, StandardPage, title="Before", slug="new", introduction="In short.")
    submit(page, make_user("author"), title="After")
    before = counts()
    with failing(page_published):
        assert patient.post(action_url(page, "approve"), {"comment": ""}).status_code == 500
    page.refresh_from_db()
    assert (page.title, page.workflow_in_progress) == ("Before", True)
    assert counts() == before
    assert patient.post(action_url(page, "approve"), {"comment": ""}).status_code == 302
    page.refresh_from_db()
    assert (page.title, page.workflow_in_progress) == ("After", False)


def test_a_failure_while_unpublishing_leaves_a_page_public(site, patient):
    page = make_page(site, StandardPage)
    before = counts()
    with failing(page_unpublished):
        url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
        assert patient.post(url).status_code == 500
    page.refresh_from_db()
    assert page.live
    assert counts() == before


def test_a_bulk_action_that_fails_midway_does_nothing(site, patient):
    pages = [make_page(site, StandardPage) for _ in range(2)]
    before = counts()
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "unpublish"))
    query = "&".join(f"id={page.pk}" for page in pages)
    with failing_at_second(page_unpublished):
        assert patient.post(f"{url}?{query}").status_code == 500
    assert StandardPage.objects.filter(live=True).count() == 2
    assert counts() == before


@contextmanager
def failing_at_second(signal):
    calls = []

    def fail(**kwargs):
        calls.append(kwargs)
        if len(calls) == 2:
            raise RuntimeError("on purpose")

    signal.connect(fail)
    try:
        yield
    finally:
        signal.disconnect(fail)
    assert len(calls) == 2


def test_only_what_writes_in_the_admin_holds_a_transaction(site, admin_client):
    """A savepoint in a test is what a transaction is outside of it."""
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", site.pk])
    with CaptureQueriesContext(connection) as read:
        assert admin_client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as written:
        assert admin_client.post(url, form()).status_code == 302
    assert not [row for row in read if row["sql"].startswith("SAVEPOINT")]
    statements = [row["sql"] for row in written]
    begun = next(number for number, sql in enumerate(statements) if sql.startswith("SAVEPOINT"))
    assert not [sql for sql in statements[:begun] if sql.startswith(("INSERT", "UPDATE"))]
    assert statements[-1].startswith("RELEASE SAVEPOINT")


@pytest.mark.parametrize(
    ("address", "changes"),
    [
        ("/admin/pages/3/edit/", True),
        ("/admin/pages/add/home/standardpage/3/", True),
        ("/admin/pages/3/move/4/confirm/", True),
        ("/admin/pages/workflow/action/3/approve/1/", True),
        ("/admin/bulk/wagtailcore/page/delete/", True),
        ("/admin/bin/1/restore/", True),
        ("/admin/pages/3/edit/preview/", False),
        ("/admin/bulk/cms/image/delete/", False),
        ("/admin/images/add/", False),
    ],
)
def test_what_may_change_the_tree_waits_for_others_who_do(address, changes):
    assert may_change_tree(resolve(address)) is changes
