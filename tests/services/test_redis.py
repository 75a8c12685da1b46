"""Without its cache the site answers as before, and quickly."""

import json

import pytest
from django.conf import settings  # noqa: F401
from django.core.cache import cache

from cms.delivery.caches import OpenRedisCache
from tests.services.conftest import Site, free_port, silent_server

SLOW = 5.0
"""Seconds; far above what any page takes here, far below waiting for Redis at every call."""
PAGES = ("/en/", "/admin/login/", "/api/v1/pages", "/sitemap.xml")


def assert_pages_answer(site: Site) -> None:
    """The first request loads templates and the like; the second one is looked at."""
    for path in PAGES:
        site.get(path)
        answer = site.get(path)
        assert answer.status == 200, path
        assert answer.seconds < SLOW, path
    told = json.loads(site.get("/readyz").text)
    assert told == {
        "status": "ok",
        "checks": {"database": "ok", "cache": "failed", "files": "ok"},
        "degraded": ["cache", "clock"],  # no clock runs beside this site
    }


def test_pages_answer_while_redis_refuses(new_site):
    site = new_site(REDIS_URL=f"redis://127.0.0.1:{free_port()}/9")
    with site.serving():
        assert_pages_answer(site)


def test_pages_answer_while_redis_is_silent(new_site):
    with silent_server() as port:
        site = new_site(REDIS_URL=f"redis://127.0.0.1:{port}/9")
        with site.serving():
            assert_pages_answer(site)


def test_a_cache_without_redis_answers_as_an_empty_one_would():
    gone = make_cache(free_port())
    gone.set("name", "value")
    assert gone.get("name") is None
    assert gone.get("name", "default") == "default"
    assert gone.get_or_set("name", lambda: "computed") == "computed"
    assert gone.get_many(["name"]) == {}
    assert gone.set_many({"name": "value"}) == []
    assert gone.add("name", "value")
    assert gone.incr("name") == 1
    assert "name" not in gone
    assert not gone.delete("name")


def test_a_silent_redis_is_asked_once_and_then_left_alone():
    with silent_server() as port:
        silent = make_cache(port)
        silent.get("name")
        paused_until = OpenRedisCache.paused_until
        silent.get("name")
        assert paused_until > 0
        assert OpenRedisCache.paused_until == paused_until


@pytest.mark.skipif("not settings.CACHES['default'].get('LOCATION')", reason="needs Redis")
def test_what_is_cached_comes_back_from_redis():
    cache.set("name", {"letters": "āčēģ"}, 10)
    assert cache.get("name") == {"letters": "āčēģ"}


@pytest.fixture(autouse=True)
def _no_pause():
    OpenRedisCache.paused_until = 0.0
    yield
    OpenRedisCache.paused_until = 0.0


def make_cache(port: int) -> OpenRedisCache:
    options = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
    return OpenRedisCache(f"redis://127.0.0.1:{port}/9", {"OPTIONS": options})
