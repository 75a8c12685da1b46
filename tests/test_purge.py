"""What has waited in the bin long enough is gone for good."""

from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.editorial.bin.deleting import throw_away
from cms.editorial.models import Bin, BinEntry
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage, NewsPage
from tests.make import below_home, make_news, make_page
from tests.make import translate as translated

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


@pytest.fixture
def section(site):
    """A page with a page below it, both also in German and published."""
    top = make_page(site, StandardPage, title="About", slug="about")
    child = make_page(top, StandardPage, title="How", slug="how")
    translated(top, "de")
    translated(child, "de")
    return StandardPage.objects.get(pk=top.pk)


def test_what_is_purged_is_gone_with_the_work_of_its_translators(section, admin_client):
    keep = make_page(HomePage.objects.get(slug="home"), StandardPage, title="Kept")
    translated(keep, "de")
    entry = throw_away(section)
    url = reverse("bin:purge", args=[entry.pk])
    assert "deleted for good" in text_of(admin_client.get(url))
    assert BinEntry.objects.exists()
    assert "“About” was deleted for good." in text_of(admin_client.post(url, follow=True))
    assert not Page.objects.filter(translation_key=section.translation_key).exists()
    assert not TranslationSource.objects.filter(object_id=section.translation_key).exists()
    assert TranslationSource.objects.filter(object_id=keep.translation_key).exists()
    assert StringTranslation.objects.filter(context__object_id=keep.translation_key).exists()
    assert not Bin.objects.filter(depth=3).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def purge_bin(*arguments: str) -> str:
    out = StringIO()
    call_command("purge_bin", *arguments, stdout=out)
    return out.getvalue()


def test_the_bin_is_emptied_of_what_has_waited_for_thirty_days(site):
    old, young = (throw_away(make_news(title=title)) for title in ("Old", "Young"))
    BinEntry.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=30))
    BinEntry.objects.filter(pk=young.pk).update(deleted_at=timezone.now() - timedelta(days=29))
    assert "would be deleted: Old" in purge_bin("--dry-run")
    assert BinEntry.objects.count() == 2
    assert purge_bin().startswith("deleted: Old")
    assert [entry.title for entry in BinEntry.objects.all()] == ["Young"]
    assert purge_bin("--days", "29").startswith("deleted: Young")
    assert not NewsPage.objects.exists()
    assert below_home(NewsIndexPage, "news").numchild == 0
