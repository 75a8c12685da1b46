"""Sending pages under the worst of circumstances: killed anywhere, and in company."""

from collections import Counter

from wagtail.models import Locale, Page, PageLogEntry, Revision
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from cms.translation.models import Assignment, DraftBasis, Sending
from cms.translation.sending.work import begin, work_off
from home.models import HomePage
from news.models import NewsIndexPage, NewsPage
from tests.kill import killed_at_every_write, run_inside
from tests.make import below_home, make_news
from tests.people import make_editor

LANGUAGES = ["de", "et"]
MANY = 40
PROCESSES = 3


def order(pages) -> None:
    """Have these pages sent into two locales, as the form of the admin would."""
    locales = Locale.objects.filter(language_code__in=LANGUAGES).order_by("pk")
    editor = make_editor(HomePage.objects.get(locale__language_code="en"))
    begin(editor, [(page, locale) for page in pages for locale in locales], None, False)


def go_on():
    work_off(Sending.objects.get().pk)


def prepare_two():
    make_news(title="First", slug="first")
    make_news(title="Second", slug="second")
    order(NewsPage.objects.order_by("pk"))


def each_is_sent_once():
    """After a death somewhere, whoever comes next does what is left, and nothing again."""
    go_on()
    sending = Sending.objects.get()
    items = list(sending.items.all())
    assert {item.state for item in items} == {"done"}
    assert sending.finished_at
    sources = [
        *HomePage.objects.filter(locale__language_code="en"),
        below_home(NewsIndexPage, "news"),
        *NewsPage.objects.filter(locale__language_code="en"),
    ]
    assert len(sources) * 2 - 4 == len(items)
    drafts = Page.objects.filter(locale__language_code__in=LANGUAGES)
    assert Counter(drafts.values_list("translation_key", "live")) == {
        (page.translation_key, False): len(LANGUAGES) for page in sources
    }
    for page in drafts:
        assert Revision.objects.for_instance(page.specific).get().pk == page.latest_revision_id
        assert DraftBasis.objects.get(revision=page.latest_revision_id).segments
        entries = PageLogEntry.objects.filter(page=page.pk, action="wagtail.copy_for_translation")
        assert entries.count() == 1
        assert page.get_parent().locale_id in {page.locale_id, sources[0].locale_id}
    assert Translation.objects.count() == Assignment.objects.count() == len(drafts)
    assert TranslationSource.objects.count() == len(sources)
    per_source = Counter(StringSegment.objects.values_list("source_id", flat=True))
    assert all(per_source[source.pk] for source in TranslationSource.objects.all())


def test_a_sending_survives_a_death_before_any_write(ground):
    assert killed_at_every_write(ground, prepare_two, go_on, each_is_sent_once) > 40


def prepare_crowd():
    pages = [make_news(title=f"News {number}") for number in range(MANY)]
    order(pages)


def test_processes_that_work_on_the_same_sending_do_each_page_once(ground):
    ground.copy("empty", "crowd")
    run_inside(ground, "crowd", prepare_crowd)
    run_inside(ground, "crowd", go_on, count=PROCESSES)
    run_inside(ground, "crowd", each_is_sent_once)
