"""What the watchman is told: whether the site serves, and what it does without."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.editorial.models import Tick

pytestmark = pytest.mark.django_db


def readyz(client) -> tuple[int, dict]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_a_clock_that_ticks_is_not_told(client):
    Tick.objects.write("clock")
    assert readyz(client) == (
        200,
        {
            "status": "ok",
            "checks": {"database": "ok", "cache": "ok", "files": "ok"},
            "degraded": [],
        },
    )


@pytest.mark.parametrize(("seconds", "told"), [(170, []), (190, ["clock"])])
def test_a_clock_that_was_silent_for_three_minutes_is_told(client, seconds, told):
    Tick.objects.write("clock")
    Tick.objects.update(at=timezone.now() - timedelta(seconds=seconds))
    status, answer = readyz(client)
    assert (status, answer["status"], answer["degraded"]) == (200, "ok", told)


def test_a_clock_that_never_ticked_is_told(client):
    assert readyz(client)[1]["degraded"] == ["clock"]


def test_other_work_does_not_stand_for_the_clock(client):
    Tick.objects.write("purge_bin")
    assert readyz(client)[1]["degraded"] == ["clock"]
