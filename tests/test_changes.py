"""The record of changes: the right rows, in order, for everything that the public sees change."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.changes.models import Change
from cms.editorial.along import keeping_translations
from home.models import StandardPage
from news.models import NewsPage
from tests.make import (
    make_image,
    make_news,
    make_page,
    make_pdf,
    make_publication,
    publish,
    translate,
)

pytestmark = pytest.mark.django_db


class Record:
    """What was recorded since it was begun: [("published", page id), ...]."""

    def __init__(self):
        self.since = self._last()

    def _last(self) -> int:
        last = Change.objects.order_by("-number").first()
        return last.number if last else 0

    def rows(self) -> list[tuple[str, int | None]]:
        return [(row.kind, row.page_id) for row in Change.objects.after(self.since)]


@pytest.fixture
def tree(site):
    """A published page with a published page and a draft below it."""
    top = make_page(site, StandardPage, slug="about")
    child = make_page(top, StandardPage, slug="how")
    make_page(top, StandardPage, slug="hidden", live=False)
    return top, child


def test_publishing_is_recorded_with_work_and_locale(site):
    record = Record()
    page = make_page(site, StandardPage)
    assert record.rows() == [("published", page.pk)]
    row = Change.objects.get(number__gt=record.since)
    assert (row.translation_key, row.locale_id) == (page.translation_key, page.locale_id)


def test_a_draft_is_not_recorded(site):
    page = make_page(site, StandardPage)
    record = Record()
    page.title = "Not yet"
    page.save_revision()
    make_page(site, StandardPage, live=False)
    assert record.rows() == []


def test_publishing_again_is_recorded_again(site):
    page = make_page(site, StandardPage)
    record = Record()
    publish(page, title="Once more")
    assert record.rows() == [("published", page.pk)]


def test_unpublishing_is_recorded(site):
    page = make_page(site, StandardPage)
    record = Record()
    page.unpublish()
    assert record.rows() == [("unpublished", page.pk)]


def test_renaming_is_recorded_for_every_public_page_below(tree):
    top, child = tree
    record = Record()
    publish(top, slug="about-us")
    renamed = [("renamed", top.pk), ("renamed", child.pk)]
    assert record.rows() == [*renamed, ("published", top.pk)]


def test_a_page_that_was_never_public_has_no_address_to_lose(site):
    page = make_page(site, StandardPage, live=False)
    record = Record()
    publish(page, slug="another")
    assert record.rows() == [("published", page.pk)]


def test_moving_is_recorded_for_every_public_page_below(site, tree):
    top, child = tree
    elsewhere = make_page(site, StandardPage, slug="elsewhere")
    record = Record()
    Page.objects.get(pk=top.pk).move(Page.objects.get(pk=elsewhere.pk), pos="last-child")
    assert record.rows() == [("moved", top.pk), ("moved", child.pk)]


def test_another_order_among_its_neighbours_moves_no_address(site, tree):
    make_page(site, StandardPage, slug="elsewhere")
    record = Record()
    Page.objects.get(pk=tree[0].pk).move(Page.objects.get(pk=site.pk), pos="last-child")
    assert record.rows() == []


def test_deleting_is_recorded_for_every_public_page_below(tree):
    top, child = tree
    expected = [("deleted", top.pk), ("deleted", child.pk)]
    record = Record()
    Page.objects.get(pk=top.pk).delete()
    assert record.rows() == expected


def test_deleting_a_source_is_recorded_for_its_translation_too(site):
    page = make_news()
    german, key = translate(page, "de"), page.pk
    record = Record()
    page.delete()
    assert record.rows() == [("deleted", key), ("unpublished", german.pk)]


def test_deleting_a_source_whose_translation_is_kept_moves_its_state(site):
    page = make_news()
    german, key = translate(page, "de"), page.pk
    record = Record()
    with keeping_translations():
        page.delete()
    assert record.rows() == [("deleted", key), ("state", german.pk)]


def test_deleting_a_draft_is_not_recorded(site):
    page = make_page(site, StandardPage, live=False)
    record = Record()
    Page.objects.get(pk=page.pk).delete()
    assert record.rows() == []


def test_a_restriction_is_recorded_when_it_comes_and_when_it_goes(tree):
    top, child = tree
    record = Record()
    restriction = PageViewRestriction.objects.create(
        page=top.page_ptr, restriction_type=PageViewRestriction.LOGIN
    )
    assert record.rows() == [("restricted", top.pk), ("restricted", child.pk)]
    record = Record()
    restriction.delete()
    assert record.rows() == [("unrestricted", top.pk), ("unrestricted", child.pk)]


def test_another_kind_of_restriction_is_still_one(tree):
    restriction = PageViewRestriction.objects.create(
        page=tree[0].page_ptr, restriction_type=PageViewRestriction.LOGIN
    )
    record = Record()
    restriction.restriction_type = PageViewRestriction.GROUPS
    restriction.save()
    restriction.groups.add(Group.objects.first())
    assert {kind for kind, _page in record.rows()} == {"restricted"}


def test_deleting_a_restricted_page_frees_nothing(tree):
    PageViewRestriction.objects.create(
        page=tree[0].page_ptr, restriction_type=PageViewRestriction.LOGIN
    )
    record = Record()
    Page.objects.get(pk=tree[0].pk).delete()
    assert {kind for kind, _page in record.rows()} == {"deleted"}


def test_a_release_is_recorded_with_the_publishing_that_made_it(site):
    index = make_publication().get_parent()
    record = Record()
    page = make_publication(index, editions=[("en", "", make_pdf()), ("lv", "", make_pdf())])
    assert sorted(record.rows()) == [("published", page.pk), ("released", page.pk)]
    record = Record()
    publish(page, title="The same files")
    assert record.rows() == [("published", page.pk)]


def test_a_translation_that_is_overtaken_is_recorded_once(site):
    page = make_news(title="One")
    german = translate(page, "de")
    record = Record()
    publish(page, title="Two")
    assert record.rows() == [("published", page.pk), ("state", german.pk)]
    record = Record()
    publish(page, title="Three")
    assert record.rows() == [("published", page.pk)]


def test_an_image_in_use_is_recorded_when_it_changes_and_when_it_goes(site):
    image = make_image()
    record = Record()
    make_image()
    assert record.rows() == []
    image.title = "Another title"
    image.save()
    name = f"cms.Image:{image.pk}"
    image.delete()
    rows = Change.objects.after(record.since)
    assert [(row.kind, row.what) for row in rows] == [("shared", name), ("shared", name)]


def test_a_redirect_is_recorded_when_it_leads_elsewhere(site):
    redirect = Redirect.objects.create(old_path="/old", redirect_link="/en/")
    record = Record()
    redirect.redirect_link = "/de/"
    redirect.save()
    row = Change.objects.get(number__gt=record.since)
    assert (row.kind, row.what) == ("shared", f"wagtailredirects.Redirect:{redirect.pk}")


def test_numbers_grow_and_are_never_given_again(site):
    page = make_page(site, StandardPage)
    numbers = list(Change.objects.after(0).values_list("number", flat=True))
    Change.objects.filter(number=numbers[-1]).delete()
    publish(page)
    assert numbers == sorted(set(numbers))
    assert Change.objects.order_by("-number").first().number > numbers[-1]


def test_what_is_rolled_back_is_not_recorded(site):
    record = Record()
    with transaction.atomic():
        make_news(title="Gone")
        assert ("published", NewsPage.objects.get().pk) in record.rows()
        transaction.set_rollback(True)
    assert record.rows() == []
    assert not NewsPage.objects.exists()


def test_an_unknown_kind_is_refused(site):
    with pytest.raises(ValueError, match="changed is no kind of change"):
        Change.objects.record("changed", site)
