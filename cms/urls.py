"""The addresses of the site; those of the content API stand in cms.api.urls."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.delivery import health, locales, serve, sitemap
from cms.delivery.media import media
from cms.editorial import urls as editorial_urls
from cms.translation import urls as translation_urls
from news.feeds import NewsFeed
from publications.downloads import download
from search.views import search

handler404 = "cms.delivery.serve.not_found"
handler500 = "cms.delivery.serve.server_error"

urlpatterns = [
    path("", serve.front_door),
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("sitemap.xml", sitemap.sitemap),
    path("robots.txt", sitemap.robots),
    path("admin/", include(editorial_urls)),
    path("admin/", include(translation_urls)),
    path("admin/", include(locales)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("downloads/<str:slug>/<str:name>.pdf", download, name="download"),
    path("downloads/<str:slug>/v<int:number>/<str:name>.pdf", download, name="release"),
    path("media/<path:name>", media),
]
urlpatterns += i18n_patterns(
    path("search/", search, name="search"),
    path("news/feed/", NewsFeed(), name="news_feed"),
    *wagtail_urls.urlpatterns[:-1],
    re_path(wagtail_urls.serve_pattern, serve.serve_page, name="wagtail_serve"),
)
