"""How many queries an answer takes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address: str) -> int:
    """The queries of an answer once its images are made and its caches warm.

    The least of three: another process may empty a shared cache between two of them.
    """
    client.get(address)
    return min(_count(client, address) for _ in range(3))


def _count(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
