"""What loading the sample site makes of the facts, and that it may be repeated."""

import json
import re
from datetime import date
from io import StringIO

import pikepdf
import pypdfium2
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db.models import Max
from wagtail.models import Page

from cms.choices import USER_GROUPS
from cms.sample.accounts import ACCOUNTS, accounts_file, read_accounts
from cms.sample.editions.make import _words
from cms.sample.states import COMPLETE
from cms.sample.texts import FOLDER
from cms.translation.fingerprint import words
from cms.translation.models import PublicState, TranslationBasis
from home.models import KeyFactsPage
from news.models import NewsPage
from partners.models import LocalNetworkPage, MicroProjectPage, PartnerPage
from publications.models import EditionFile, EditionRelease, PublicationPage

FACTS = json.loads((FOLDER / "facts.json").read_text())
WRITTEN = [
    "wagtailcore.Page",
    "wagtailcore.Revision",
    "wagtailcore.PageLogEntry",
    "changes.Change",
    "cms.Image",
    "publications.Edition",
    "publications.EditionFile",
    "publications.EditionRelease",
    "translation.TranslationBasis",
    "wagtail_localize.StringTranslation",
    "wagtail_localize.TranslationSource",
    "auth.User",
]


def english(model):
    return model.objects.filter(locale__language_code="en")


def state(path: str, language: str) -> str:
    """The stored public state of a translation, by its path below the home page."""
    url_path = f"/home-{language}/{path}/" if path else f"/home-{language}/"
    return TranslationBasis.objects.get(page__url_path=url_path).state


def test_every_partner_stands_with_the_country_role_and_budget_of_the_facts():
    made = {
        page.title: (page.country, page.role, page.place, page.budget_total)
        for page in english(PartnerPage)
    }
    assert len(made) == 16
    for fact in FACTS["partners"]:
        country, role, place, budget = made[fact["name"]]
        told = (country, role, place, f"{budget:.2f}" if budget is not None else None)
        wanted = (fact["country"], fact["role"], fact.get("place", ""))
        assert told == (*wanted, fact.get("budget_total_eur"))


def test_every_network_stands_with_its_place_user_group_and_partner():
    made = {page.place: page for page in english(LocalNetworkPage)}
    assert len(made) == 7
    groups = dict(USER_GROUPS)
    for fact in FACTS["local_networks"]:
        page = made[fact["place"]]
        assert page.country == fact["country"]
        assert str(groups[page.user_group]).lower() == fact["user_group"]
        assert Page.objects.get(pk=page.partner_id).title == fact["partner"]


def test_every_named_micro_project_stands_below_its_network():
    made = {page.title: page for page in english(MicroProjectPage)}
    assert len(made) == 6
    for fact in FACTS["micro_projects"]["named"]:
        page = made[fact["title"]]
        assert page.get_parent().specific.place == fact["network"]
        assert page.accelerated is fact.get("accelerated", False)


def test_the_ledger_holds_exactly_the_editions_of_the_facts():
    wanted = {
        (fact["title"], row["language"], row.get("variant", ""), row.get("published"))
        for fact in FACTS["publications"]
        for row in fact["editions"]
    }
    assert len(wanted) == 19
    works = {page.translation_key: page.title for page in english(PublicationPage)}
    assert len(works) == 6
    rows = EditionRelease.objects.values_list("work", "language", "variant", "published_on")
    made = [
        (works[work], language, variant, day.isoformat() if day else None)
        for work, language, variant, day in rows
    ]
    assert sorted(map(str, made)) == sorted(map(str, wanted))


def test_every_publication_has_the_kind_and_the_year_of_the_facts():
    made = {page.title: page for page in english(PublicationPage)}
    for fact in FACTS["publications"]:
        page = made[fact["title"]]
        told = (page.subtitle, page.kind.replace("-", " "), page.year)
        assert told == (fact.get("subtitle", ""), fact["kind"], fact.get("year"))


def test_the_four_news_have_their_dates():
    made = {page.title: page.published_on for page in english(NewsPage)}
    assert made == {row["title"]: date.fromisoformat(row["date"]) for row in FACTS["news"]}
    assert len(made) == 4


def test_the_key_facts_stand_in_every_locale_with_the_same_numbers():
    pages = KeyFactsPage.objects.all()
    assert len(pages) == 5
    project = FACTS["project"]
    for page in pages:
        assert page.start.isoformat() == project["start"]
        assert page.end.isoformat() == project["end"]
        assert f"{page.budget_total:.2f}" == project["budget_total_eur"]
        assert f"{page.budget_fund:.2f}" == project["budget_fund_eur"]
        assert (page.micro_projects_total, page.micro_projects_accelerated) == (26, 8)


def test_the_tree_is_sound_and_its_addresses_follow_it():
    assert not any(Page.find_problems())
    parents = {page.path: page for page in Page.objects.all()}
    for page in Page.objects.filter(depth__gt=1):
        above = parents[page.path[: -Page.steplen]]
        assert page.url_path == f"{above.url_path}{page.slug}/"
        assert page.live
        assert not page.has_unpublished_changes


def amounts() -> dict:
    """{"wagtailcore.Page": (119, 121), ...}: how many rows, and the last id given."""
    models = {name: apps.get_model(name).objects.all() for name in WRITTEN}
    return {name: (rows.count(), rows.aggregate(m=Max("pk"))["m"]) for name, rows in models.items()}


def test_loading_a_second_time_writes_nothing():
    before, told = amounts(), accounts_file().read_text()
    assert all(count for count, _last in before.values())
    out = StringIO()
    call_command("load_sample", stdout=out)
    assert amounts() == before
    assert accounts_file().read_text() == told
    assert "0 pages made" in out.getvalue()


def test_the_number_of_pages_made_is_the_number_of_pages_there_are(sample):
    assert sample.made == Page.objects.filter(depth__gt=1).count()


def test_a_page_that_was_deleted_comes_back_alone():
    before = Page.objects.count()
    Page.objects.get(url_path="/home/networks/lulea/womens-tailor-cooperative/").specific.delete()
    call_command("load_sample", stdout=(out := StringIO()))
    assert Page.objects.count() == before
    assert "1 pages made" in out.getvalue()
    assert not any(Page.find_problems())


def test_the_accounts_are_kept_one_a_line_with_name_tab_and_password():
    lines = accounts_file().read_text().splitlines()
    assert [line.split("\t")[0] for line in lines] == list(ACCOUNTS)
    assert all(re.fullmatch(r"[a-z0-9-]+\t[A-Za-z0-9]{16,}", line) for line in lines)
    assert len({line.split("\t")[1] for line in lines}) == len(ACCOUNTS)
    assert accounts_file().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ACCOUNTS)
def test_the_account_can_sign_in(client, name):
    answer = client.post(
        "/admin/login/",
        {"username": name, "password": read_accounts()[name], "next": "/admin/"},
        follow=True,
    )
    assert answer.redirect_chain[-1][0] == "/admin/"
    assert answer.status_code == 200
    assert answer.wsgi_request.user.username == name


def test_the_admin_alone_is_a_superuser():
    assert list(
        get_user_model().objects.filter(is_superuser=True).values_list("username", flat=True)
    ) == ["admin"]


@pytest.mark.parametrize("language", ["de", "et", "lt", "lv"])
def test_the_translations_that_should_be_complete_are_up_to_date(language):
    assert {state(path, language) for path in COMPLETE} == {PublicState.LIVE}


def test_every_other_state_stands_somewhere_in_the_site():
    assert state("about/how-it-works", "de") == PublicState.LIVE
    assert state("about/how-it-works", "et") == PublicState.PARTIAL
    assert state("partners/lutheran-diaconia", "lt") == PublicState.OUTDATED
    final = Page.objects.get(url_path="/home/news/sempre-final-conference/")
    assert not TranslationBasis.objects.filter(page=final).exists()  # original
    assert final.get_translations().count() == 0  # missing


def test_what_is_both_overtaken_and_unfinished_counts_the_words_of_both():
    basis = TranslationBasis.objects.get(page__url_path="/home-lv/partners/vidzeme/")
    source = english(PartnerPage).get(slug="vidzeme")
    texts = [source.introduction, source.why, source.with_whom]
    assert basis.state == PublicState.OUTDATED
    assert basis.open_words == sum(words(text) for text in texts)


@pytest.mark.parametrize("number", range(19))
def test_the_edition_is_a_tagged_pdf_in_its_language_that_says_it_is_a_sample(number):
    release = EditionRelease.objects.order_by("pk")[number]
    kept: EditionFile = release.file
    with kept.file.open() as opened, pikepdf.open(opened) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).split("-")[0] == release.language
        # A title may hold spaces at which no line is broken.
        assert " ".join(str(pdf.docinfo["/Title"]).split()) == release.title
        assert len(pdf.pages) == kept.pages > 1
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with kept.file.open() as opened:
        pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(opened)]
    text = " ".join(" ".join(pages).split())
    assert " ".join(_words(release.language)["sample"].split()) in text
    assert (len(re.findall("[а-яА-Я]", text)) > 1000) is (release.language == "ru")


def test_every_publication_shows_the_cover_of_an_edition():
    assert all(page.image_id for page in english(PublicationPage))
