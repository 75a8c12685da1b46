"""Everything under /api/: no locales, no redirects, no HTML errors."""

from django.urls import URLPattern, include, path, re_path

from cms.api.door import door
from cms.api.errors import not_found
from cms.api.openapi import views
from cms.api.routes import api

handler400 = "cms.api.errors.bad_request"
handler404 = "cms.api.errors.not_found"
handler500 = "cms.api.errors.server_error"

openapi, docs = views(api)
operations = [
    URLPattern(found.pattern, door(found.callback), found.default_args, found.name)
    for found in api.urls[0]
    if isinstance(found, URLPattern) and found.name != "api-root"
]

urlpatterns = [
    path("api/v1/openapi.json", door(openapi)),
    path("api/v1/docs", door(docs)),
    path("api/v1/", include(operations)),
    re_path("", door(not_found)),
]
