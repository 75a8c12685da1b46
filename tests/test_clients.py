"""Whose address counts, with and without proxies."""

import pytest
from django.test import RequestFactory

from cms.delivery.clients import client_address


@pytest.mark.parametrize(
    ("connection", "forwarded", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "192.0.2.66, 198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("10.0.0.2", "no-address", "10.0.0.2"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_a_forwarded_address_counts_only_from_a_trusted_proxy(
    settings, connection, forwarded, client
):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    request = RequestFactory().get(
        "/", REMOTE_ADDR=connection, headers={"X-Forwarded-For": forwarded}
    )
    assert client_address(request) == client


def test_a_locked_out_attacker_behind_a_proxy_locks_out_nobody_else(settings, client, admin):
    settings.AXES_ENABLED = True
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    door = "/admin/login/"
    for _attempt in range(12):
        wrong = {"username": "admin", "password": "wrong"}
        client.post(door, wrong, headers={"X-Forwarded-For": "198.51.100.1"})
    right = {"username": "admin", "password": "a-password"}
    locked = client.post(door, right, headers={"X-Forwarded-For": "198.51.100.1"})
    assert locked.status_code == 429
    free = client.post(door, right, headers={"X-Forwarded-For": "203.0.113.9"})
    assert free.status_code == 302
