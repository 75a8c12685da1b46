"""The Atom feed of a locale's news."""

from datetime import datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.timezone import make_aware
from django.utils.translation import get_language

from cms.models.locales import locale_id_of
from cms.models.visibility import public
from news.models import NewsIndexPage, NewsPage

NEWEST = 20


class MultilingualAtomFeed(Atom1Feed):
    """Marks an entry that is written in another language than the feed."""

    def item_attributes(self, item):
        return super().item_attributes(item) | {"xml:lang": item["language"]}


class NewsFeed(Feed):
    """RFC 4287; every piece of news once, untranslated ones in their source's language."""

    feed_type = MultilingualAtomFeed
    author_name = settings.WAGTAIL_SITE_NAME

    def get_object(self, request):
        index = public(NewsIndexPage.objects.all())
        found = index.filter(locale_id=locale_id_of(get_language())).first()
        if found is None:
            raise Http404
        return found

    def title(self, index):
        return f"{settings.WAGTAIL_SITE_NAME}: {index.title}"

    def link(self, index):
        return settings.SITE_URL + index.path_here

    def feed_url(self, index):
        return self.link(index) + "feed/"

    def subtitle(self, index):
        return index.introduction

    def items(self, index):
        pages = NewsPage.objects.works(index.locale_id).defer_streamfields()
        return pages.order_by("-published_on", "-pk")[:NEWEST]

    def item_title(self, page):
        return page.title

    def item_description(self, page):
        return escape(page.introduction)

    def item_extra_kwargs(self, page):
        return {"language": page.language}

    def item_link(self, page):
        return settings.SITE_URL + page.path_here

    def item_guid(self, page):
        return f"urn:uuid:{page.translation_key}"

    def item_pubdate(self, page):
        return make_aware(datetime.combine(page.published_on, time(12)))

    def item_updateddate(self, page):
        return page.last_published_at
