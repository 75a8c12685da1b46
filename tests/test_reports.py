"""The reports of the editorial workflow, on the screen and as spreadsheets."""

from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, TaskState

from cms.editorial import roles
from cms.editorial.log import BINNED, EMERGENCY, REFUSED, RESTORED
from cms.editorial.models import Clearance
from tests.make import make_news, translate
from tests.people import (
    approve,
    assign_workflow,
    current,
    give,
    make_editor,
    make_publisher,
    make_user,
    send_back,
    signed_in,
    submit,
)
from tests.queries import queries_of
from tests.tables import as_csv, as_xlsx, shown

pytestmark = pytest.mark.django_db

REVIEWS = "/admin/reports/reviews/"
EMERGENCIES = "/admin/reports/emergencies/"


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


def draft(**fields) -> Page:
    return make_news(**{"live": False, "introduction": "In short."} | fields)


def test_every_step_of_every_review_is_listed_with_who_and_why(reviewed, editor, publisher):
    page = draft(title="Open day")
    submit(page, editor)
    send_back(page, publisher, "The date is wrong.")
    submit(page, editor)
    approve(page, publisher, "Fine now.")
    rows = as_csv(signed_in(publisher), REVIEWS)
    steps = [(row["Step"], row["Status"], row["Decided by"], row["Comment"]) for row in rows]
    assert steps == [
        ("Content check", "Approved", "", ""),
        ("Four eyes", "Approved", "Bert", "Fine now."),
        ("Four eyes", "Rejected", "Bert", "The date is wrong."),
        ("Content check", "Approved", "", ""),
    ]
    assert {row["Sent by"] for row in rows} == {"Anna"}
    assert {row["Review"] for row in rows} == {"Approved"}
    cells = shown(signed_in(publisher), REVIEWS)
    assert cells[0][:2] == ["Open day", "English"]
    assert [row[-1] for row in cells] == ["", "Fine now.", "The date is wrong.", ""]
    assert len(cells) == len(rows)


def test_how_long_a_step_took_can_be_added_up(reviewed, editor, publisher):
    page = draft()
    submit(page, editor)
    approve(page, publisher)
    step = TaskState.objects.latest("pk")
    TaskState.objects.filter(pk=step.pk).update(
        started_at=step.finished_at - timedelta(hours=30, minutes=30)
    )
    rows = {row["Step"].value: row for row in as_xlsx(signed_in(publisher), REVIEWS)}
    assert rows["Four eyes"]["Hours"].value == 30.5
    assert isinstance(rows["Four eyes"]["Finished"].value, datetime)
    assert rows["Four eyes"]["Finished"].is_date


def test_a_report_of_reviews_can_be_narrowed(reviewed, editor, publisher):
    other = make_editor(reviewed, "emil")
    give(roles.PUBLISHERS, reviewed.get_parent(), "change", "publish")
    assign_workflow(reviewed.get_parent())
    page = translate(make_news(introduction="In short."), "de")
    submit(page, editor, title="Deutsch")
    submit(draft(title="Waits"), other)
    done = draft(title="Done")
    submit(done, editor)
    approve(done, publisher)

    def titles(query: str) -> set[str]:
        return {cells[0] for cells in shown(signed_in(publisher), f"{REVIEWS}?{query}")}

    assert titles("") == {"Deutsch", "Waits", "Done"}
    assert titles("review=approved") == {"Done"}
    assert titles(f"locale={page.locale_id}") == {"Deutsch"}
    assert titles(f"person={other.pk}") == {"Waits"}
    assert titles("waiting=true") == {"Waits"}
    assert titles("status=approved") == {"Waits", "Done"}
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert titles(f"started_at_from={tomorrow}") == set()
    assert titles(f"started_at_to={tomorrow}") == {"Deutsch", "Waits", "Done"}
    rows = as_csv(signed_in(publisher), f"{REVIEWS}?review=approved")
    assert {row["Page"] for row in rows} == {"Done"}


def test_who_may_not_change_a_page_does_not_see_its_reviews(reviewed, editor):
    submit(draft(title="Waits"), editor)
    outsider = make_user("out", roles.translators("de"))
    assert shown(signed_in(outsider), REVIEWS) == []
    assert shown(signed_in(editor), REVIEWS) != []


def test_a_report_of_reviews_asks_no_more_for_more_reviews(reviewed, editor, publisher):
    client = signed_in(publisher)
    submit(draft(), editor)
    few = queries_of(client, REVIEWS)
    for _ in range(10):
        submit(draft(), editor)
    assert queries_of(client, REVIEWS) <= few


def test_an_emergency_publication_is_reported_with_its_reason(reviewed, editor, publisher, admin):
    page = draft(title="Hotline")
    Clearance.objects.emergency(page.get_latest_revision(), admin, "The number was wrong.")
    [cells] = shown(signed_in(publisher), EMERGENCIES)
    assert cells[0] == "Hotline"
    assert cells[2] == "admin"
    assert cells[4] == "The number was wrong."
    [row] = as_csv(signed_in(admin), EMERGENCIES)
    assert (row["Page"], row["Reason"]) == ("Hotline", "The number was wrong.")


def test_who_may_not_publish_does_not_see_emergency_publications(reviewed, editor, publisher):
    assert signed_in(editor).get(EMERGENCIES).status_code == 302
    assert EMERGENCIES not in signed_in(editor).get("/admin/").content.decode()
    assert EMERGENCIES in signed_in(publisher).get("/admin/").content.decode()


@pytest.mark.parametrize("name", ["untouched", "scheduled"])
def test_the_whole_list_behind_a_panel_can_be_narrowed_to_a_kind(site, editor, name):
    page = make_news(title="Old and planned")
    long_ago = timezone.now() - timedelta(days=400)
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=long_ago)
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    revision.save()
    client, address = signed_in(editor), f"/admin/reports/{name}/"
    assert shown(client, address)[0][0] == "Old and planned"
    of_its_kind = shown(client, f"{address}?content_type={page.content_type_id}")
    assert [cells[2] for cells in of_its_kind] == ["news"]
    other = page.get_parent().content_type_id
    assert shown(client, f"{address}?content_type={other}") == []


def test_the_list_of_broken_things_is_a_page_of_its_own(site, editor):
    target = make_news(title="The target")
    html = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    sources = [make_news(title=f"Source {n}", body=[("text", html)]) for n in range(12)]
    target.unpublish()
    assert len(shown(signed_in(editor), "/admin/reports/broken/")) == len(sources)


def history(client, page) -> str:
    response = client.get(f"/admin/pages/{page.pk}/history/")
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


def test_the_history_of_a_page_tells_what_only_this_site_does(site, admin, admin_client):
    page = draft()
    log(page, EMERGENCY, user=admin, data={"reason": "The number was wrong."})
    log(page, REFUSED, user=admin, data={"what": "publish"})
    log(page, BINNED, user=admin)
    log(page, RESTORED, user=admin)
    told = history(admin_client, page)
    assert "Published in an emergency, without review: The number was wrong." in told
    assert "Refused: publish" in told
    assert "Moved to the bin" in told
    assert "Restored from the bin" in told


def test_every_step_of_a_review_has_words_in_the_history(reviewed, editor, publisher, admin_client):
    page = draft()
    submit(page, editor)
    send_back(page, publisher)
    submit(page, editor)
    approve(page, publisher)
    page = current(page)
    page.unpublish(user=publisher)
    told = [entry.message for entry in PageLogEntry.objects.filter(page=page.pk)]
    assert len(told) >= 8
    assert all(told)
    assert "Unknown" not in " ".join(map(str, told))
    assert "Unpublished" in history(admin_client, page)
