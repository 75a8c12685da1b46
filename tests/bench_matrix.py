"""How long the matrix of 1,000 works in 9 locales takes, for an editor; part of `make bench`."""

import statistics
import time

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models.locales import active_languages
from tests.many import make_many

WORKS = 1000
ROUNDS = 5
ADDRESSES = {
    "matrix": "/admin/translation/matrix/",
    "matrix, filtered": "/admin/translation/matrix/?state=outdated&age=30",
    "matrix as CSV": "/admin/translation/matrix/?export=csv",
}


def measure() -> dict:
    """{"works": 1000, "locales": 9, "answers": {"matrix": {"queries": 18, "ms": 480.0}, ...}}"""
    make_many(WORKS)
    client = _editor()
    answers = {name: _measure(client, address) for name, address in ADDRESSES.items()}
    return {"works": WORKS, "locales": len(active_languages()), "answers": answers}


def _editor() -> Client:
    user = get_user_model().objects.create_user("bench", "bench@example.org")
    user.groups.add(Group.objects.get(name="Editors"))
    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _measure(client: Client, address: str) -> dict:
    _read(client, address)
    with CaptureQueriesContext(connection) as queries:
        _read(client, address)
    count = len(queries)
    times = [_milliseconds(client, address) for _ in range(ROUNDS)]
    return {"queries": count, "ms": round(statistics.median(times), 1)}


def _milliseconds(client: Client, address: str) -> float:
    start = time.process_time()
    _read(client, address)
    return (time.process_time() - start) * 1000


def _read(client: Client, address: str) -> bytes:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}")
    return b"".join(response.streaming_content) if response.streaming else response.content


def show(found: dict) -> None:
    print(f"The matrix, {found['works']} works in {found['locales']} locales:")  # noqa: T201
    for name, row in found["answers"].items():
        print(f"{name:<18}{row['queries']:>18}{row['ms']:>9.1f}")  # noqa: T201
