"""What sending a page to its translators costs, beside wagtail-localize's own way of doing it.

Both begin from pages of the same text, taken in turns, and do all that follows at once: search
index and reference index are brought up to date within the time that is measured. What this site
adds to wagtail-localize's way is switched off for it.
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
COUNTED = 5
"""Pages whose queries are counted; counting takes time, which is not measured then."""
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
        pages = [_page(index, number) for number in range(2 * (count + COUNTED))]
        locales = list(Locale.objects.filter(language_code__in=LANGUAGES))
        ways = {"ours": _ours(locales), "stock": _stock(locales)}
        queries = {name: _count(way, pages) for name, way in ways.items()}
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(count):
            for name, way in ways.items():
                times[name].append(_milliseconds(way, pages.pop()))
    each = len(locales)
    found = {
        name: {
            "queries": round(queries[name] / each, 1),
            "ms": round(statistics.median(times[name]) / each, 2),
        }
        for name in ways
    }
    return {"pages": count, "locales": each} | found


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

    def send(page: Page) -> None:
        work_off(begin(user, [(page, locale) for locale in locales], None, False).pk)

    return send


def _stock(locales: list[Locale]) -> Callable:
    def send(page: Page) -> None:
        with _without_ours():
            translate_object(page, locales)

    return send


@contextmanager
def _without_ours():
    for signal, receiver, sender in OURS:
        signal.disconnect(receiver, sender=sender)
    yield
    for signal, receiver, sender in OURS:
        signal.connect(receiver, sender=sender)


def _count(way: Callable, pages: list[Page]) -> float:
    numbers = []
    for _ in range(COUNTED):
        with CaptureQueriesContext(connection) as queries:
            way(pages.pop())
        numbers.append(len(queries))
    return statistics.median(numbers)


def _milliseconds(way: Callable, page: Page) -> float:
    start = time.process_time()
    way(page)
    return (time.process_time() - start) * 1000


def show(found: dict) -> None:
    print(f"Sending {found['pages']} pages to {found['locales']} locales, a page and locale:")  # noqa: T201
    for name in ("stock", "ours"):
        row = found[name]
        print(f"{name:<18}{row['queries']:>18}{row['ms']:>9.2f}")  # noqa: T201
