"""The content API, put together from the routers of the rooms."""

from django.conf import settings
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from cms.api.door import strict
from cms.api.errors import register
from cms.api.kinds import Kinds
from cms.api.pages import locales_router, pages_router
from home import api as home
from news import api as news
from partners import api as partners
from publications import api as publications


class Utf8Renderer(JSONRenderer):
    """Letters of all languages as they are: shorter, and readable where an answer is looked at."""

    json_dumps_params = {"ensure_ascii": False}


kinds = Kinds([*home.KINDS, *news.KINDS, *partners.KINDS, *publications.KINDS])

api = NinjaAPI(
    title=f"{settings.WAGTAIL_SITE_NAME} content API",
    version="1",
    description="What the site has published, read-only, in every language of the project.",
    openapi_url=None,
    docs_url=None,
    renderer=Utf8Renderer(),
)
register(api)
api.add_decorator(strict, mode="view")
api.add_router("", locales_router)
api.add_router("site", home.router)
api.add_router("", pages_router(kinds))
api.add_router("news", news.router)
api.add_router("publications", publications.router)
api.add_router("partners", partners.partners)
api.add_router("networks", partners.networks)
api.add_router("micro-projects", partners.micro_projects)
