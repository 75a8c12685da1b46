"""The grounds of the long proofs: empty sites on SQLite and on PostgreSQL."""

import pytest

from tests.kill import GROUNDS, site_on


@pytest.fixture(
    scope="session",
    params=[
        pytest.param("sqlite", marks=pytest.mark.deep),
        pytest.param("postgresql", marks=pytest.mark.services),
    ],
)
def ground(request, tmp_path_factory):
    """A folder or server with a database `empty`: a site right after its set-up."""
    made = GROUNDS[request.param](tmp_path_factory.mktemp(request.param))
    if request.param == "postgresql":
        made.create("empty")
    site = site_on(made, "empty")
    site.manage("migrate", "--verbosity", "0")
    site.manage("setup_site")
    yield made
    made.clear()
