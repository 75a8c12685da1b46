"""The description of the API for machines and, made from the same, for people."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from ninja import NinjaAPI

from cms.api.door import strict_about
from cms.api.errors import MEDIA_TYPE
from cms.api.shapes import Problem

ERRORS = {
    "404": "Nothing public is at this address.",
    "422": "A parameter is unknown, repeated or bad; the answer names it.",
}


def description(api: NinjaAPI) -> dict:
    """OpenAPI 3.1: {"openapi": "3.1.0", "paths": {"/api/v1/news": ...}, "components": ...}"""
    document = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    document["servers"] = [{"url": settings.SITE_URL}]
    schemas = document["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schemas["Problem"].pop("$defs", {}))
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"] |= _errors()
            for parameter in operation["parameters"]:
                parameter["schema"] = _without_null(parameter["schema"])
    return document


def _without_null(schema: dict) -> dict:
    """A parameter is left out or has a value: there is no null in an address."""
    given = [found for found in schema.pop("anyOf", []) if found != {"type": "null"}]
    return schema | given[0] if given else schema


def _errors() -> dict:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": text, "content": content} for status, text in ERRORS.items()}


def views(api: NinjaAPI) -> tuple:
    """The views of openapi.json and docs; the document is made once in a process."""
    document: dict = {}

    def known() -> dict:
        return document or document.update(description(api)) or document

    @strict_about(set())
    def openapi(request: HttpRequest) -> HttpResponse:
        return JsonResponse(known())

    @strict_about(set())
    def docs(request: HttpRequest) -> HttpResponse:
        return render(request, "api/docs.html", {"document": known(), "groups": _groups(known())})

    return openapi, docs


def _groups(document: dict) -> list[dict]:
    """[{"name": "news", "operations": [{"path": "/api/v1/news", "summary": ..., ...}]}]"""
    groups: dict[str, list] = {}
    for path, methods in document["paths"].items():
        operation = methods["get"]
        groups.setdefault(operation["tags"][0], []).append(operation | {"path": path})
    return [{"name": name, "operations": found} for name, found in groups.items()]
