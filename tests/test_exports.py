"""What staff download from the admin is never calculated by a spreadsheet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page

from cms.editorial.models import Clearance
from tests.make import make_news, publish
from tests.people import (
    assign_workflow,
    current,
    make_editor,
    make_publisher,
    send_back,
    signed_in,
    submit,
)
from tests.tables import as_csv, as_xlsx

pytestmark = pytest.mark.django_db

REVIEWS = "/admin/reports/reviews/"
BAD = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1"]


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


@pytest.mark.parametrize("typed", BAD)
def test_what_somebody_typed_is_never_calculated(reviewed, editor, publisher, typed):
    page = make_news(live=False, introduction="In short.")
    submit(page, editor)
    send_back(page, publisher, typed)
    client = signed_in(publisher)
    assert f"'{typed}" in {row["Comment"] for row in as_csv(client, REVIEWS)}
    cells = [row["Comment"] for row in as_xlsx(client, REVIEWS)]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert any((cell.value or "").startswith("'") for cell in cells)


EXPORTS = {
    "wagtailadmin_reports:site_history": "=title",
    "wagtailadmin_reports:locked_pages": "=title",
    "wagtailadmin_reports:aging_pages": "=title",
    "wagtailadmin_reports:workflow": "=title",
    "wagtailadmin_reports:workflow_tasks": "=title",
    "wagtailredirects:index": "=path",
    "editorial_reviews": "=title",
    "editorial_emergencies": "=title",
    "editorial_untouched": "=title",
    "editorial_scheduled": "=title",
}


def exporting_views() -> set[str]:
    """The views of the admin that make spreadsheets."""
    found, todo = set(), [SpreadsheetExportMixin]
    while todo:
        view = todo.pop()
        found.add(view)
        todo += view.__subclasses__()
    return found


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("read", [as_csv, as_xlsx])
def test_every_export_of_the_admin_is_harmless(reviewed, editor, admin, admin_client, name, read):
    bad = EXPORTS[name]
    page = publish(make_news(introduction="In short."), title=bad)
    long_ago = timezone.now() - timedelta(days=400)
    Page.objects.filter(pk=page.pk).update(
        locked=True, locked_by=admin, locked_at=timezone.now(), latest_revision_created_at=long_ago
    )
    current(page).get_workflow().start(current(page), editor)
    log(current(page), "wagtail.edit", user=admin)
    revision = current(page).latest_revision
    Clearance.objects.emergency(revision, admin, "=reason")
    revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    revision.save()
    Redirect.objects.create(old_path="=path", redirect_link="https://a.example/")
    values = [str(getattr(v, "value", v)) for row in read(admin_client, reverse(name))
              for v in row.values()]  # fmt: skip
    assert any(value.startswith("'=") for value in values)
    assert not any(value.startswith("=") for value in values)


def test_no_export_goes_around_the_guard():
    guarded = SpreadsheetExportMixin.preprocess_field_value
    own = {view for view in exporting_views() if view.preprocess_field_value is not guarded}
    assert own == set()
