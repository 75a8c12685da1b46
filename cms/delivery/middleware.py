"""What an address decides: the language, the API's own URLs, the admin's own policy."""

from collections.abc import Collection

from django.conf import settings
from django.urls import set_urlconf
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from cms.models.locales import active_languages


class ApiUrlsMiddleware:
    """Serves /api/ from URLs of its own, without locales, templates or redirects."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith("/api/"):
            request.urlconf = "cms.api.urls"
            set_urlconf(request.urlconf)  # for errors that come before Django resolves the address
        return self.get_response(request)


class LocaleMiddleware:
    """Speaks the language of the address; elsewhere the best one that the visitor asks for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        first = request.path_info.split("/", 2)[1] if request.path_info.startswith("/") else ""
        named = first in active_languages()
        language = first if named else best_language(request, active_languages())
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if not named and not request.path_info.startswith("/api/"):
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", language)
        return response


def best_language(request, among: Collection[str]) -> str:
    """The first language of Accept-Language among these, else the default one."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    for code, _quality in wanted:
        language = code.split("-")[0]
        if language in among:
            return language
    return settings.LANGUAGE_CODE


class AdminPolicyMiddleware:
    """Gives the admin a policy of its own: it has inline scripts, public pages have none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response
