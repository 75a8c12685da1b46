"""What the page editor says of a schedule that cannot be kept."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from tests.due import ago
from tests.make import make_news

pytestmark = pytest.mark.django_db

PASSED = "This time has passed; choose a later one or leave it empty."


def ahead(minutes: float) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def shown(moment: datetime | None) -> str:
    """As the editor's field holds it: without seconds."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def save(client, page: Page, **fields) -> dict:
    """The messages at the fields of the schedule after the editor saved a draft."""
    url = f"/admin/pages/{page.pk}/edit/"
    html = client.get(url).content.decode()
    data = querydict_from_html(html, form_id="page-edit-form").dict()
    data |= nested_form_data({"body": streamfield([])}) | fields
    answer = client.post(url, data)
    if answer.status_code == 302:
        return {}
    return {name: list(told) for name, told in answer.context["form"].errors.items()}


def test_a_start_in_the_past_is_refused_at_its_field(site, admin_client):
    page = make_news(live=False)
    assert save(admin_client, page, go_live_at=shown(ago(5))) == {"go_live_at": [PASSED]}
    assert save(admin_client, page, go_live_at=shown(ahead(5))) == {}


def test_a_start_that_has_passed_since_may_stay(site, admin_client):
    page = make_news(live=False)
    page.go_live_at = ago(5)
    page.save_revision()
    assert save(admin_client, page, title="Mended", go_live_at=shown(ago(5))) == {}
    assert Page.objects.get(pk=page.pk).draft_title == "Mended"


def test_an_expiry_in_the_past_or_not_behind_the_start_is_refused_at_its_field(site, admin_client):
    page = make_news(live=False)
    assert set(save(admin_client, page, expire_at=shown(ago(5)))) == {"expire_at"}
    start = shown(ahead(60))
    for minutes, fields in [(30, {"go_live_at", "expire_at"}), (60, {"expire_at"}), (90, set())]:
        told = save(admin_client, page, go_live_at=start, expire_at=shown(ahead(minutes)))
        assert set(told) == fields, minutes
