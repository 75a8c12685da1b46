"""What sending a page to its translators costs, beside wagtail-localize's own way of doing it.

Both begin from pages of the same text, ten of them in turns, and do all that follows at once: the
search index and the index of references are brought up to date within the time that is measured.
What this site adds to wagtail-localize's way is switched off for it.
"""

import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models.signals import post_save, pre_save
from django.test.utils import CaptureQueriesContext, override_settings
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object

from cms.editorial.rule import revision_saved
from cms.translation import receivers
from cms.translation.sending.work import begin, work_off
from news.models import NewsIndexPage
from tests.make import make_news

LANGUAGES = ["de", "et", "lv", "lt"]
PACK = 10
"""Pages that are sent at once, before it is the other one's turn."""
COUNTED = 5
"""Pages whose queries are counted; Django forgets those beyond the 9,000th."""
PARAGRAPH = "<p>Number {number} of <a href='https://a.example/'>many</a> paragraphs.</p>"
AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

OURS = [
    (revision_saved, receivers.version_made, None),
    (pre_save, receivers.only_sources_are_translated, Translation),
    (post_save, receivers.assignment_begins, Translation),
    (post_save, receivers.source_text_changed, StringSegment),
]


def compare(count: int) -> dict:
    """{"pages": 100, "locales": 4, "ours": {"queries": 48, "ms": 30.1}, "stock": {...}}

    Queries and milliseconds of CPU are those of one page and one locale, as medians.
    """
    with override_settings(TASKS=AT_ONCE):
        index = NewsIndexPage.objects.get(locale__language_code="en")
        count = max(count // PACK, 1) * PACK
        pages = [_page(index, number) for number in range(2 * (count + COUNTED))]
        locales = list(Locale.objects.filter(language_code__in=LANGUAGES))
        ways = [("ours", _ours(locales)), ("stock", _stock(locales))]
        queries = {name: _count(way, [pages.pop() for _ in range(COUNTED)]) for name, way in ways}
        times: dict[str, list[float]] = {name: [] for name, _way in ways}
        for _ in range(count // PACK):
            for name, way in ways:
                times[name].append(_milliseconds(way, [pages.pop() for _ in range(PACK)]))
    each = PACK * len(locales)
    found = {
        name: {
            "queries": round(queries[name] / COUNTED / len(locales), 1),
            "ms": round(statistics.median(times[name]) / each, 2),
        }
        for name in times
    }
    return {"pages": count, "locales": len(locales)} | found


def _page(index: Page, number: int) -> Page:
    blocks = [
        {
            "type": "text",
            "id": f"11111111-1111-4111-8111-{block:012}",
            "value": PARAGRAPH.format(number=block) * 2,
        }
        for block in range(5)
    ]
    return make_news(index, title=f"Sent {number}", slug=f"sent-{number}", body=blocks)


def _ours(locales: list[Locale]) -> Callable:
    user = get_user_model().objects.filter(is_superuser=True).first()

    def send(pages: list[Page]) -> None:
        items = [(page, locale) for page in pages for locale in locales]
        work_off(begin(user, items, None, False).pk)

    return send


def _stock(locales: list[Locale]) -> Callable:
    def send(pages: list[Page]) -> None:
        with _without_ours():
            for page in pages:
                translate_object(page, locales)

    return send


@contextmanager
def _without_ours():
    for signal, receiver, sender in OURS:
        signal.disconnect(receiver, sender=sender)
    yield
    for signal, receiver, sender in OURS:
        signal.connect(receiver, sender=sender)


def _count(way: Callable, pages: list[Page]) -> int:
    """Counting takes time, which is not measured then."""
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as queries:
        way(pages)
    return len(queries)


def _milliseconds(way: Callable, pages: list[Page]) -> float:
    start = time.process_time()
    way(pages)
    return (time.process_time() - start) * 1000


def show(found: dict) -> None:
    print(f"Sending {found['pages']} pages to {found['locales']} locales, a page and locale:")  # noqa: T201
    for name in ("stock", "ours"):
        row = found[name]
        print(f"{name:<18}{row['queries']:>18}{row['ms']:>9.2f}")  # noqa: T201
