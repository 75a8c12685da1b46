"""How many queries an answer takes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models.locales import forget_locales


def queries_of(client, address: str) -> int:
    """The queries of an answer once its images are made and its caches warm, and just so."""
    forget_locales()  # else they might be read again between the two on a slow machine
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
