"""What the rest of the system makes of a bin in the tree: nothing."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, WorkflowPage

from cms.editorial.bin.deleting import throw_away
from cms.editorial.bin.restoring import restore
from cms.editorial.integrity.registry import find_violations
from cms.editorial.models import Bin
from home.models import StandardPage
from tests.make import make_news, make_page, make_partner, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def binned(site, settings, tmp_path):
    """A page with a page below it, both in two languages, and a partner: all in the bin."""
    settings.MEDIA_ROOT = tmp_path  # other tests leave files behind
    top = make_page(site, StandardPage, title="About")
    child = make_page(top, StandardPage, title="How")
    translate(top, "de")
    translate(child, "de")
    partner = make_partner(slug="partner")
    return [throw_away(Page.objects.get(pk=page.pk).specific) for page in (top, partner)]


def rights() -> set[tuple]:
    rows = GroupPagePermission.objects.values_list("group__name", "page", "permission__codename")
    return set(rows) | set(WorkflowPage.objects.values_list("page", "workflow__name"))


def test_setting_up_the_site_again_gives_nobody_rights_on_the_bin_and_takes_none(site):
    entry = throw_away(make_news())
    before = rights()
    call_command("setup_site", stdout=StringIO())
    assert rights() == before
    assert before
    bins = set(Bin.objects.values_list("pk", flat=True))
    assert not {row[1] for row in before} & bins
    assert not {row[0] for row in before} & bins
    restore(entry)


def test_a_site_with_a_full_bin_is_whole(binned):
    assert [str(violation) for violation in find_violations()] == []


def test_a_restored_site_is_whole(binned):
    for entry in binned:
        restore(entry)
    assert [str(violation) for violation in find_violations()] == []
