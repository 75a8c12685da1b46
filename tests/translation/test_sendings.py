"""Many pages at once: what is told before, what is done by the worker, and what can be stopped."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import LocaleSynchronization

from cms.editorial.rule import Refused
from cms.translation.models import Assignment, Sending
from cms.translation.sending.parcel import send
from cms.translation.sending.plan import Plan
from home.models import StandardPage
from news.models import NewsIndexPage
from tests.editing import told
from tests.make import below_home, make_news, make_page, publish
from tests.people import current, make_editor, signed_in
from tests.test_admin_pages import shown_text
from tests.translating import translator

pytestmark = pytest.mark.django_db

BLOCK = "11111111-1111-4111-8111-111111111111"
BODY = [{"type": "text", "id": BLOCK, "value": "<p>One two three.</p><p>Four five.</p>"}]


@pytest.fixture
def editor(site):
    return make_editor(site)


@pytest.fixture
def page(site):
    return make_page(site, StandardPage, title="About", slug="about", body=BODY)


@pytest.fixture
def many(site):
    """Twelve news: with index and home more than is done while one waits."""
    return [make_news(title=f"News {number}", slug=f"n{number}") for number in range(12)]


def send_url(*pages, **words) -> str:
    named = [f"page={page.pk}" for page in pages] + [f"{k}={v}" for k, v in words.items()]
    return f"{reverse('send_to_translators')}?{'&'.join(named)}"


def numbers_of(response) -> dict[str, list[int]]:
    """{"Deutsch": [new, above, changes, texts, words]}"""
    rows = BeautifulSoup(response.content, "lxml").select("table.listing tbody tr")
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]
    return {first.split(" ")[0]: [int(one) for one in others] for first, *others in cells}


def locale(language: str) -> Locale:
    return Locale.objects.get(language_code=language)


def is_with(page, *languages: str) -> bool:
    return all(page.has_translation(locale(language)) for language in languages)


def test_the_numbers_are_told_before_anything_is_sent(page, editor):
    numbers = numbers_of(signed_in(editor).get(send_url(page)))
    assert list(numbers) == ["Deutsch", "eesti", "latviešu", "lietuvių"]
    assert numbers["Deutsch"] == [1, 1, 0, 4, 7]  # the home page above has a title of one word
    send(page, [locale("de")], editor)
    publish(page, title="About us")
    numbers = numbers_of(signed_in(editor).get(send_url(page)))
    assert numbers["Deutsch"] == [0, 0, 1, 1, 2]
    assert numbers["eesti"] == [1, 1, 0, 4, 8]


def test_few_pages_are_sent_at_once(page, editor):
    client = signed_in(editor)
    form = {"locales": ["de", "lt"], "due_on": "2099-05-01"}
    answer = client.post(send_url(page, next="/admin/account/"), form)
    assert answer.url == "/admin/account/"
    assert is_with(page, "de", "lt")
    assert not is_with(page, "et")
    assert {str(one.due_on) for one in Assignment.objects.all()} == {"2099-05-01"}
    assert "4 pages are with their translators" in told(client.get("/admin/account/"))


def test_a_day_that_is_over_is_no_due_day(page, editor):
    form = {"locales": ["de"], "due_on": "2019-05-01"}
    assert "This day is over" in shown_text(signed_in(editor).post(send_url(page), form))
    assert not Sending.objects.exists()


def test_a_language_must_be_chosen(page, editor):
    answer = signed_in(editor).post(send_url(page), {"locales": ["xx"]})
    assert "Choose at least one language" in shown_text(answer)
    assert not Sending.objects.exists()


def test_languages_are_chosen_beforehand_by_the_address(page, editor):
    answer = signed_in(editor).get(send_url(page, locales="de,et"))
    boxes = BeautifulSoup(answer.content, "lxml").select("input[name=locales][checked]")
    assert [box["value"] for box in boxes] == ["de", "et"]


def test_all_pages_below_are_sent_by_the_worker(many, editor):
    index = below_home(NewsIndexPage, "news")
    answer = signed_in(editor).post(
        send_url(index, below=1), {"locales": ["de", "et"]}, follow=True
    )
    sending = Sending.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("sending", args=[sending.pk])
    assert "28 of 28 are with their translators" in shown_text(answer)
    assert all(is_with(page, "de", "et") for page in [index, *many])
    assert sending.finished_at
    assert set(sending.items.values_list("state", flat=True)) == {"done"}


def test_the_draft_of_a_page_is_sent_only_where_that_is_chosen(page, editor):
    client = signed_in(editor)
    draft = current(page)
    draft.title = "About tomorrow and the day after"
    draft.save_revision()
    assert numbers_of(client.get(send_url(page)))["Deutsch"][-1] == 7
    assert numbers_of(client.get(send_url(page, ahead=1)))["Deutsch"][-1] == 12
    client.post(send_url(page, ahead=1), {"locales": ["de"]})
    german = page.get_translation(locale("de"))
    assert german.title == "About tomorrow and the day after"
    assert "published text takes its place" in shown_text(client.get(send_url(page)))


def test_a_page_that_is_not_published_is_named_and_left_out(site, page, editor):
    soon = make_page(site, StandardPage, live=False, title="Soon", slug="soon")
    client = signed_in(editor)
    assert "not published" in shown_text(client.get(send_url(page, soon)))
    client.post(send_url(page, soon), {"locales": ["de"]})
    assert is_with(page, "de")
    assert not is_with(soon, "de")


def test_nothing_is_sent_from_a_translation(page, editor):
    [sent] = send(page, [locale("de")], editor)
    german = sent.translation.get_target_instance()
    client = signed_in(editor)
    assert "is a translation itself" in shown_text(client.get(send_url(german)))
    client.post(send_url(german), {"locales": ["et"]})
    assert not is_with(page, "et")


def test_only_those_who_edit_a_page_send_it(site, page):
    writer = make_editor(page)
    writer.groups.first().page_permissions.exclude(page=page).delete()
    elsewhere = make_page(site, StandardPage, title="Secret plans", slug="secret", live=False)
    client = signed_in(writer)
    assert client.get(send_url(elsewhere)).status_code == 302
    assert "Secret plans" not in shown_text(client.get(send_url(page, elsewhere)))
    assert signed_in(translator()).get(send_url(page)).status_code == 302


@pytest.mark.parametrize("words", ["", "?page=x", "?page=-1", "?page=999999", "?page=1"])
def test_an_address_that_names_no_page_is_not_found(site, editor, words):
    assert signed_in(editor).get(reverse("send_to_translators") + words).status_code == 404


def test_wagtail_localizes_own_addresses_lead_to_the_same_form(page, editor):
    client = signed_in(editor)
    submit = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    client.post(submit, {"locales": ["de"]})
    assert is_with(page, "de")
    source = Assignment.objects.first().translation.source
    publish(page, title="About us")
    update = reverse("wagtail_localize:update_translations", args=[source.pk])
    boxes = BeautifulSoup(client.get(update).content, "lxml").select("input[name=locales][checked]")
    assert [box["value"] for box in boxes] == ["de"]


def test_pages_ticked_in_a_list_are_sent(many, editor):
    index = below_home(NewsIndexPage, "news")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "send"])
    client = signed_in(editor)
    client.post(f"{url}?id={many[0].pk}&id={many[1].pk}", {"locales": ["de"]})
    assert [is_with(page, "de") for page in many[:3]] == [True, True, False]
    client.post(f"{url}?id=all&childOf={index.pk}", {"locales": ["de"]})
    assert all(is_with(page, "de") for page in many)


def test_the_header_of_a_page_leads_to_the_form(page, editor):
    explorer = reverse("wagtailadmin_explore", args=[page.pk])
    link = f"{reverse('send_to_translators')}?page={page.pk}"
    html = signed_in(editor).get(explorer).content.decode()
    assert link in html
    assert "Translate this page" not in BeautifulSoup(html, "lxml").select_one("header").get_text()


def test_the_plan_of_many_pages_costs_no_more_queries_than_that_of_few(many, editor):
    def queries(pages) -> int:
        with CaptureQueriesContext(connection) as found:
            plan = Plan([page.pk for page in pages], editor)
            assert plan.shares[0].words
        return len(found)

    queries(many[:1])  # who somebody is, is asked once
    assert queries(many[:1]) == queries(many) <= 12


def test_the_list_shows_what_was_sent(page, editor):
    client = signed_in(editor)
    client.post(send_url(page), {"locales": ["de"]})
    html = client.get(reverse("sendings"))
    assert "2 pages" in shown_text(html)
    assert reverse("sending", args=[Sending.objects.get().pk]) in html.content.decode()


def test_locales_are_not_synchronised(page):
    with pytest.raises(Refused):
        LocaleSynchronization.objects.create(locale=locale("de"), sync_from=locale("en"))
    assert not is_with(page, "de")
