"""Every error of the content API as application/problem+json (RFC 9457)."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, errors: list[dict] | None = None) -> JsonResponse:
    """{"type": "about:blank", "title": "Not Found", "status": 404, "detail": "..."}

    `errors` names each parameter at fault: [{"parameter": "limit", "detail": "..."}].
    """
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    response = JsonResponse(body, status=status, content_type=MEDIA_TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Content-Language"] = "en"
    return response


def bad_parameters(errors: dict[str, str]) -> JsonResponse:
    """422 for {"limit": "must be ..."}: the parameters at fault, each with what is wrong."""
    named = [{"parameter": name, "detail": detail} for name, detail in errors.items()]
    detail = " ".join(f"{name}: {text}" for name, text in errors.items())
    return problem(422, detail, named)


def not_found(request: HttpRequest, exception=None) -> JsonResponse:
    return problem(404, "There is nothing public at this address.")


def bad_request(request: HttpRequest, exception=None) -> JsonResponse:
    return problem(400, "This request cannot be read.")


def server_error(request: HttpRequest) -> JsonResponse:
    return problem(500, "The server failed to answer this request. It has been logged.")


def _invalid(request: HttpRequest, error) -> JsonResponse:
    found: dict[str, str] = {}
    for row in error.errors:
        message = row.get("ctx", {}).get("error") or row["msg"]
        found.setdefault(str(row["loc"][-1]), f"{message.rstrip('.')}.")
    return bad_parameters(found)


def _http_error(request: HttpRequest, error) -> JsonResponse:
    return problem(error.status_code, error.message)


def _unforeseen(request: HttpRequest, error) -> HttpResponse:
    raise error  # Django logs it and answers with `server_error`


def register(api: NinjaAPI) -> None:
    """Let an API answer its errors as problems; what nobody foresaw goes to Django's log."""
    api.add_exception_handler(Http404, not_found)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Exception, _unforeseen)
