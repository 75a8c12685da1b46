"""What holds for every answer of the API: methods, known parameters, ETag, open to all origins."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from cms.api.errors import bad_parameters, problem

METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Content-Language"
DAY = "86400"
SHOWN = 60


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Adds HEAD, OPTIONS and 304 to a view that knows GET, and refuses everything else."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "OPTIONS":
            return _options()
        if request.method not in {"GET", "HEAD"}:
            return _read_only()
        is_head, request.method = request.method == "HEAD", "GET"
        response = _with_headers(request, view(request, *args, **kwargs))
        request.method = "HEAD" if is_head else "GET"
        return _without_body(response) if is_head else response

    return answer


def _read_only() -> HttpResponse:
    response = problem(405, "This API is read-only: it answers GET, HEAD and OPTIONS.")
    response.headers["Allow"] = METHODS
    return response


def _options() -> HttpResponse:
    headers = {
        "Allow": METHODS,
        "Content-Language": "en",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Max-Age": DAY,
    }
    return HttpResponse(status=204, headers=headers)


def _with_headers(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    language = response.headers.get("Content-Language", "en")
    if response.status_code == 200 and _is_known(request, etag):
        response = HttpResponseNotModified()
    response.headers["ETag"] = etag
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response


def _is_known(request: HttpRequest, etag: str) -> bool:
    """RFC 9110, section 13.1.2: compared weakly, as a proxy that compresses may weaken it."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in {tag.removeprefix("W/") for tag in known}


def _without_body(response: HttpResponse) -> HttpResponse:
    """The length stays that of the body which GET would send: RFC 9110, section 9.3.2."""
    if response.status_code != 304:
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def strict(run: Any) -> Callable[..., HttpResponse]:
    """Refuses parameters that an operation does not know or gets twice.

    django-ninja itself drops unknown ones and takes the last of several; this stands around
    `Operation.run`, where the operation's own parameters are known.
    """
    models = run.__self__.models
    queries = [model for model in models if model.__ninja_param_source__ == "query"]
    return strict_about({name for model in queries for name in model.__ninja_flatten_map__})(run)


def strict_about(known: set[str]) -> Callable:
    """Decorates a view that takes these parameters, each once, and no others."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            errors = {}
            for name, values in request.GET.lists():
                if name not in known:
                    errors[name[:SHOWN]] = _unknown(known)
                elif len(values) > 1:
                    errors[name] = "is given more than once."
            return bad_parameters(errors) if errors else view(request, *args, **kwargs)

        return checked

    return decorate


def _unknown(known: set[str]) -> str:
    if not known:
        return "is unknown: this address takes no parameters."
    return f"is unknown; known are {', '.join(sorted(known))}."
