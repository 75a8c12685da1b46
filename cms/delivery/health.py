"""Whether the process lives, and whether it can serve."""

from django.core.cache import cache
from django.core.files.storage import storages
from django.db import Error, connection
from django.http import HttpResponseNotAllowed, JsonResponse
from django.utils.cache import add_never_cache_headers

from cms.models.storage import is_reachable


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
    """200 when database, cache and files answer; 503 when the database does not.

    Without cache or files the site still serves most of its pages; that is told, not failed.
    """
    checks = {"database": _database(), "cache": _cache(), "files": _files()}
    told = {name: "ok" if works else "failed" for name, works in checks.items()}
    status = "ok" if checks["database"] else "unavailable"
    answer = {"status": status, "checks": told}
    return JsonResponse(answer, status=200 if checks["database"] else 503)


VIEWS = {"/livez": livez, "/readyz": readyz}


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM wagtailcore_page LIMIT 1")
    except Error:
        return False
    return True


def _cache() -> bool:
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"


def _files() -> bool:
    return is_reachable(storages["default"])
