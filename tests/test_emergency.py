"""The one way around the review, and what it leaves behind."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from cms.editorial import roles
from cms.editorial.finish import publish_in_emergency
from cms.editorial.models import Clearance
from home.models import StandardPage
from tests.make import make_page
from tests.people import current, make_user, save, signed_in, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(site):
    return make_user("editor", roles.EDITORS)


@pytest.fixture
def publisher(site):
    return make_user("publisher", roles.PUBLISHERS)


@pytest.fixture
def page(site):
    return make_page(site, StandardPage, title="Before", introduction="In short.")


def test_an_administrator_publishes_in_an_emergency_with_a_reason(page, admin, editor):
    save(page, editor, title="After")
    url = reverse("emergency", args=[page.pk])
    assert "This field is required" in signed_in(admin).post(url, {"reason": " "}).content.decode()
    assert current(page).title == "Before"
    signed_in(admin).post(url, {"reason": "A phone number was wrong."})
    assert current(page).title == "After"
    entry = PageLogEntry.objects.get(page_id=page.pk, action="cms.publish.emergency")
    assert "A phone number was wrong." in entry.message
    assert Clearance.objects.emergencies().get().given_by == admin


def test_an_emergency_ends_the_review_that_runs(page, admin, editor):
    submit(page, editor, title="After")
    publish_in_emergency(current(page), admin, "Urgent")
    assert current(page).title == "After"
    assert current(page).current_workflow_state is None


@pytest.mark.parametrize("who", ["editor", "publisher"])
def test_nobody_else_publishes_in_an_emergency(page, request, who):
    user = request.getfixturevalue(who)
    save(page, user, title="After")
    signed_in(user).post(reverse("emergency", args=[page.pk]), {"reason": "I want to."})
    assert current(page).title == "Before"
