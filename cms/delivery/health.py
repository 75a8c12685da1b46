"""Whether the process lives, and whether it can serve."""

import logging
from datetime import timedelta

from django.core.cache import cache
from django.core.files.storage import storages
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpResponseNotAllowed, JsonResponse
from django.utils.cache import add_never_cache_headers

from cms.editorial.models import Tick
from cms.models.storage import is_reachable

logger = logging.getLogger(__name__)

SILENCE = timedelta(minutes=3)
"""How long the clock may say nothing before that is told."""


class HealthMiddleware:
    """Answers /livez and /readyz before anything else asks for a host, a locale or a session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        view = VIEWS.get(request.path_info)
        if view is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = view(request)
        add_never_cache_headers(response)
        return response


def livez(request):
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request):
    """200 when the database answers and is migrated, else 503.

    Without cache, files or clock the site still serves most of its pages; that is told under
    `degraded`, not failed: {"status": "ok", "checks": {"database": "ok", ...}, "degraded": []}.
    """
    checks = {"database": _database(), "cache": _cache(), "files": _files()}
    ready = checks["database"]
    degraded = [name for name in ("cache", "files") if not checks[name]]
    if ready and not _clock():
        degraded.append("clock")
    answer = {
        "status": "ok" if ready else "unavailable",
        "checks": {name: "ok" if works else "failed" for name, works in checks.items()},
        "degraded": degraded,
    }
    return JsonResponse(answer, status=200 if ready else 503)


VIEWS = {"/livez": livez, "/readyz": readyz}


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM wagtailcore_page LIMIT 1")
        return Migrations.are_applied()
    except Error:
        return False


def _clock() -> bool:
    try:
        return not Tick.objects.is_silent("clock", SILENCE)
    except Error:
        return False


class Migrations:
    """Whether the database has what this code needs; once it has, it is not asked again."""

    applied = False

    @classmethod
    def are_applied(cls) -> bool:
        if not cls.applied:
            loader = MigrationLoader(connection)
            missing = sorted(set(loader.graph.leaf_nodes()) - set(loader.applied_migrations))
            if missing:
                logger.error("Migrations are not applied: %s", missing)
            cls.applied = not missing
        return cls.applied


def _cache() -> bool:
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"


def _files() -> bool:
    return is_reachable(storages["default"])
