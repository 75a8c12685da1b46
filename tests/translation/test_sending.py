"""Sending pages to translators: everything arrives, once, and nothing of it is public."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation

from cms.editorial.bin.deleting import throw_away
from cms.editorial.rule import Refused
from cms.translation import drafts
from cms.translation.models import Assignment, SentAhead
from cms.translation.sending.parcel import send
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage
from publications.models import Recommendation
from tests.make import below_home, make_news, make_page, make_recommendations, publish
from tests.people import current, make_editor
from tests.translating import fill_in, segment, target

pytestmark = pytest.mark.django_db

BODY = [
    {
        "type": "text",
        "id": f"11111111-1111-4111-8111-{number:012}",
        "value": f"<p>No. {number} of <a href='https://a.example/'>ten</a>.</p><p>And so.</p>",
    }
    for number in range(10)
]


def locale(language: str) -> Locale:
    return Locale.objects.get(language_code=language)


def locales(*languages: str) -> list[Locale]:
    return [locale(language) for language in languages or ("de", "et", "lv", "lt")]


@pytest.fixture
def page(site):
    return make_page(site, StandardPage, title="About", slug="about", body=BODY)


@pytest.fixture
def editor(site):
    return make_editor(site)


def test_a_page_arrives_in_each_locale_as_a_draft_of_the_sender(page, editor):
    sent = send(page, locales(), editor, due_on=date(2019, 5, 1))
    assert [one.translation.target_locale.language_code for one in sent] == ["de", "et", "lv", "lt"]
    for assignment in Assignment.objects.filter(
        translation__source__object_id=page.translation_key
    ):
        made = target(assignment.translation)
        assert (made.live, made.title, made.slug) == (False, "About", "about")
        assert made.get_parent().slug == f"home-{made.locale.language_code}"
        assert made.latest_revision.user == editor
        assert (assignment.sent_by, assignment.due_on) == (editor, date(2019, 5, 1))


def test_the_address_of_a_page_that_was_sent_is_not_found(page, editor, client):
    send(page, locales("de"), editor)
    assert client.get("/de/about/").status_code == 404
    assert client.get("/en/about/").status_code == 200


def test_pages_above_are_sent_too(site, editor):
    news = make_news()
    send(news, locales("de"), editor)
    german = news.get_translation(locale("de"))
    above = german.get_ancestors().filter(depth__gt=1)
    assert [page.slug for page in above] == ["home-de", "news"]
    assert not any(page.live for page in above)
    assert Assignment.objects.count() == 3
    assert below_home(NewsIndexPage, "news").get_translation(locale("de")).numchild == 1


def test_a_page_above_is_not_sent_by_somebody_who_may_not_edit_it(site):
    news = make_news()
    writer = make_editor(news)
    writer.groups.first().page_permissions.exclude(page=news).delete()
    with pytest.raises(Refused, match="“News”, has to be sent first"):
        send(news, locales("de"), writer)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("ahead", [False, True])
def test_children_keep_their_keys_in_each_new_locale(site, editor, ahead):
    page = make_recommendations()
    revision = None
    if ahead:
        draft = page.get_latest_revision_as_object()
        row = Recommendation(locale=page.locale, title="Third", addressee="All", anchor="r3")
        draft.recommendations.add(row)
        revision = draft.save_revision()
    send(page, locales("de", "et"), editor, revision=revision)
    source = revision.as_object() if revision else page
    keys = [str(row.translation_key) for row in source.recommendations.all()]
    assert len(keys) == 2 + ahead
    for language in ("de", "et"):
        draft = page.get_translation(locale(language)).specific
        assert [str(row.translation_key) for row in draft.recommendations.all()] == keys
        assert {row.locale for row in draft.recommendations.all()} == {locale(language)}
        content = draft.get_latest_revision_as_object().recommendations.all()
        assert [row.pk for row in content] == [row.pk for row in draft.recommendations.all()]
    assert current(page).recommendations.count() == 2


def test_sending_again_opens_only_what_has_changed(page, editor):
    [first] = send(page, locales("de"), editor)
    fill_in(first.translation)
    before = StringTranslation.objects.count()
    at = first.sent_at
    changed = publish(page, title="About us")
    [again] = send(changed, locales("de"), editor, due_on=date(2019, 6, 1))
    assert again == first
    again.refresh_from_db()
    assert (again.due_on, again.sent_at > at) == (date(2019, 6, 1), True)
    translation = again.translation
    assert segment(translation, "title").is_open
    assert not segment(translation, "body").is_open
    assert StringTranslation.objects.count() == before
    assert Page.objects.filter(translation_key=page.translation_key).count() == 2


def test_sending_the_same_again_changes_nothing(page, editor):
    [first] = send(page, locales("de"), editor)
    before = Assignment.objects.values().get(pk=first.pk)
    version = target(first.translation).latest_revision_id
    send(page, locales("de"), make_editor(page))
    assert Assignment.objects.values().get(pk=first.pk) == before
    assert target(first.translation).latest_revision_id == version


def test_what_was_translated_before_the_page_was_purged_stands_in_the_new_draft(page, editor):
    [first] = send(page, locales("de"), editor)
    fill_in(first.translation)
    target(first.translation).delete()
    assert not Translation.objects.get(pk=first.translation.pk).enabled
    [again] = send(page, locales("de"), editor)
    german = target(again.translation)
    assert (german.title, german.slug, again.translation.enabled) == ("de About", "about", True)
    assert "de No. 3" in german.body.render_as_block()
    assert german.get_latest_revision_as_object().title == "de About"


def test_a_draft_is_sent_ahead_and_then_as_it_is_published(page, editor):
    draft = current(page)
    draft.title = "About tomorrow"
    revision = draft.save_revision()
    [sent] = send(page, locales("de"), editor, revision=revision)
    assert SentAhead.objects.get().revision == revision
    german = target(sent.translation)
    assert german.title == "About tomorrow"
    assert german.latest_revision.translation_basis.ahead_of == revision
    send(page, locales("de"), editor)
    assert not SentAhead.objects.exists()
    assert segment(sent.translation, "title").source == "About"


def test_what_is_not_published_is_sent_on_purpose_only(site, editor):
    page = make_page(site, StandardPage, live=False, title="Soon", slug="soon")
    with pytest.raises(Refused):
        send(page, locales("de"), editor)
    [sent] = send(page, locales("de"), editor, revision=page.get_latest_revision())
    assert target(sent.translation).title == "Soon"


def test_a_translation_is_no_source(page, editor):
    [sent] = send(page, locales("de"), editor)
    with pytest.raises(Refused):
        send(target(sent.translation), locales("et"), editor)
    with pytest.raises(Refused):
        send(page, locales("en"), editor)
    assert Page.objects.filter(translation_key=page.translation_key).count() == 2


def test_a_page_that_stands_at_the_same_address_is_not_pushed_aside(page, editor):
    [home] = send(HomePage.objects.get(locale=page.locale), locales("de"), editor)
    make_page(target(home.translation), StandardPage, slug="about", locale=locale("de"))
    with pytest.raises(Refused, match="another page stands at this address"):
        send(page, locales("de"), editor)
    assert not Translation.objects.filter(source__object_id=page.translation_key).exists()


def test_a_stopped_translation_is_left_alone(page, editor):
    send(page, locales("de"), editor)
    Translation.objects.update(enabled=False)
    with pytest.raises(Refused, match="was stopped"):
        send(page, locales("de"), editor)


def test_what_is_in_the_bin_is_neither_sent_nor_overwritten(page, editor):
    [sent] = send(page, locales("de"), editor)
    throw_away(target(sent.translation))
    with pytest.raises(Refused, match="in the bin"):
        send(page, locales("de"), editor)
    throw_away(current(page))
    with pytest.raises(Refused, match="in the bin"):
        send(page, locales("et"), editor)


def test_a_restricted_page_has_restricted_translations_from_the_beginning(page, editor):
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    [sent] = send(page, locales("de"), editor)
    assert target(sent.translation).view_restrictions.get().restriction_type == "login"


def test_a_lock_on_the_source_hinders_nobody(page, editor):
    page.locked = True
    page.save(update_fields=["locked"])
    assert len(send(page, locales("de"), editor)) == 1


def test_renewing_brings_the_same_as_sending_again(page, editor):
    [sent] = send(page, locales("de"), editor)
    source = sent.translation.source
    assert not drafts.renew(source)
    assert drafts.renew(source, publish(page, title="About us"))
    assert segment(sent.translation, "title").source == "About us"


def test_a_page_and_locale_cost_few_queries(site, editor):
    pages = [make_page(site, StandardPage, body=BODY) for _ in range(4)]
    send(pages.pop(), locales(), editor)
    with CaptureQueriesContext(connection) as queries:
        for page in pages:
            send(page, locales(), editor)
    each = len(queries) / len(pages) / 4
    assert each <= 50
