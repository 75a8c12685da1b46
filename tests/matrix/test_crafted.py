"""Addresses that nobody was ever given: no answer is a server error."""

from urllib.parse import urlencode

import pytest

from tests.matrix import places
from tests.matrix.addresses import expanded, parameters, url

pytestmark = [pytest.mark.django_db, pytest.mark.deep]

NUMBERS = [0, 999_999, 2**31, 2**63, 10**30, "x", "%00", "-1", "1.5", "١"]
QUERIES = {
    "id": ["x", "999999", str(10**30), "\0", "all"],
    "p": ["x", "-1", str(10**30)],
    "q": ["\0", "%", "x" * 3000],
    "search": ["\0"],
    "ordering": ["x", "\0", "-"],
    "locale": ["xx", "\0"],
    "page_type": ["x", "auth.User", "\0"],
    "next": ["https://elsewhere.example/", "\0"],
    "mode": ["x", "\0"],
    "target_pages[]": ["x", str(10**30)],
    "user_perms": ["x"],
    "create_model": ["x", "auth.User"],
    "content_type": ["x", "auth.User", "\0.\0"],
    "position": ["x", str(10**30)],
    "collection_id": ["x", str(10**30), "\0"],
    "childOf": ["x", str(10**30)],
    "child_of": ["x", str(10**30)],
    "limit": ["x", "-1"],
    "offset": ["x", str(10**30)],
    "fields": ["x", "(", "\0"],
    "date_from": ["x", "\0"],
    "export": ["x", "csv", "xlsx"],
    "parent_page_id": ["x", str(10**30)],
    "term": ["\0"],
    "user": ["x", str(10**30)],
    "multiple": ["1"],
}
POSTED = {"id", "position", "childOf"}
"""What stands in an address also where something is sent to it."""


@pytest.mark.parametrize("address", expanded())
def test_no_crafted_address_is_a_server_error(scene, asker, address):
    client = scene.clients["administrator"]
    known = places.values(scene, address, places.kinds(address)[0])
    crafted = [
        url(address, known | {name: value}) for name in parameters(address) for value in NUMBERS
    ]
    requests = [(method, place, {}) for place in crafted for method in ("GET", "POST")]
    plain = url(address, known)
    requests += [("POST", plain, {})]
    for name, values in queries_of(address).items():
        requests += [("GET", plain, {name: value}) for value in values]
        if name in POSTED:
            requests += [("POST", f"{plain}?{urlencode({name: value})}", {}) for value in values]
    faults = [broken(asker(client, *request), *request) for request in requests]
    assert [fault for fault in faults if fault] == []


def queries_of(address: str) -> dict[str, list[str]]:
    """What is asked for in addition; of a single page only what its screens know."""
    if not address.startswith(("pages/<", "pages/add/", "pages/(")):
        return QUERIES
    return {name: QUERIES[name] for name in ("mode", "next", "position", "locale", "p")}


def broken(answer, method: str, place: str, data: dict) -> str:
    error = getattr(answer.response, "exc_info", None)
    said = f"{method} {place} {data}: {error and error[1]!r}"
    return said[:300] if answer.word.startswith("5") else ""
