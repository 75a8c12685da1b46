"""Addresses that nobody was ever given: no answer is a server error."""

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


@pytest.mark.parametrize("address", expanded())
def test_no_crafted_address_is_a_server_error(scene, asker, address):
    client = scene.clients["administrator"]
    known = places.values(scene, address, places.kinds(address)[0])
    places_ = [
        url(address, known | {name: value}) for name in parameters(address) for value in NUMBERS
    ]
    found = []
    for place in places_:
        for method in ("GET", "POST"):
            found += broken(asker(client, method, place, {}), method, place)
    for name, values in QUERIES.items():
        for value in values:
            place = url(address, known)
            found += broken(
                asker(client, "GET", place, {name: value}), "GET", f"{place} {name}={value[:40]!r}"
            )
            if name in {"id", "position", "childOf"}:
                found += broken(
                    asker(client, "POST", f"{place}?{name}={value}", {}),
                    "POST",
                    f"{place} {name}={value!r}",
                )
    found += broken(asker(client, "POST", url(address, known), {}), "POST nothing", address)
    assert found == []


def broken(answer, method: str, place: str) -> list[str]:
    error = getattr(answer.response, "exc_info", None)
    return [f"{method} {place}: {error and error[1]!r}"] if answer.word.startswith("5") else []
