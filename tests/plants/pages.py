"""What is wrong with the tree, with addresses, live texts and drafts."""

from django.db import connection
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Locale,
)

from partners.models import PartnerPage
from publications.models import PublicationPage
from tests.plants.site import about, change, draft, news, plants, translated_news


@plants("tree.path", mended=False)
def a_path_that_is_none():
    parent = about()
    change(parent, numchild=0)
    return change(parent.get_children().get(), path=parent.path + "1")


@plants("tree.orphan", mended=False)
def a_page_below_nothing():
    parent = about()
    change(parent, numchild=0)
    return change(parent.get_children().get(), path="00019ZZZ0001", depth=3)


@plants("tree.depth")
def a_wrong_depth():
    return change(about(), depth=7)


@plants("tree.numchild")
def a_wrong_number_of_children():
    return change(about(), numchild=5)


@plants("tree.url_path")
def an_address_that_the_slugs_do_not_make():
    return change(about(), url_path="/home/elsewhere/")


@plants("tree.slug", mended=False)
def two_siblings_of_one_slug():
    opening = news()
    return change(draft(), slug="opening", url_path=opening.url_path)


@plants("tree.locale", mended=False)
def a_page_in_another_locale_than_the_one_above_it():
    return change(draft(), locale=Locale.objects.get(language_code="lt"))


@plants("tree.type", mended=False)
def a_page_without_the_row_of_its_type():
    page = draft()
    page.save_revision()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM news_newspage WHERE page_ptr_id = %s", [page.pk])
    return f"page {page.pk}"


@plants("address.slug")
def a_translation_with_another_slug():
    page = translated_news()
    return change(page, slug="anders", url_path=page.get_parent().url_path + "anders/")


@plants("redirect.nowhere")
def a_redirect_that_leads_nowhere():
    return f"redirect {Redirect.objects.create(old_path='/old', redirect_link='').pk}"


@plants("redirect.shadow")
def a_redirect_from_a_live_page():
    redirect = Redirect.objects.create(old_path="/en/about", redirect_page=news())
    return f"redirect {redirect.pk}"


@plants("live.revision")
def a_live_page_without_live_revision():
    return change(about(), live_revision=None)


@plants("live.foreign")
def a_live_page_with_the_revision_of_another_one():
    return change(about(), live_revision=news().live_revision)


@plants("live.leftover")
def a_hidden_page_with_a_live_revision():
    page = draft()
    return change(page, live_revision=page.latest_revision)


@plants("live.text")
def a_live_page_with_another_title():
    return change(about(), title="Somebody else's words")


@plants("live.text")
def a_live_page_with_another_text():
    page = PartnerPage.objects.get()
    PartnerPage.objects.filter(pk=page.pk).update(introduction="Somebody else's words")
    return f"page {page.pk}"


@plants("live.text")
def a_live_page_without_its_child_rows():
    page = PublicationPage.objects.get()
    page.authors.model.objects.filter(page=page).delete()
    return f"page {page.pk}"


@plants("live.uncleared", mended=False)
def a_live_page_that_nobody_has_cleared():
    page = about()
    page.live_revision.clearances.all().delete()
    return f"page {page.pk}"


@plants("draft.latest")
def a_page_that_has_forgotten_its_draft():
    page = news()
    page.title = "The draft"
    page.save_revision()
    names = {"draft_title": "Opening", "has_unpublished_changes": False}
    return change(page, latest_revision=page.live_revision, **names)


@plants("draft.title")
def a_draft_listed_under_another_title():
    return change(draft(), draft_title="Something else")


@plants("draft.flag")
def a_page_that_claims_to_have_a_draft():
    return change(about(), has_unpublished_changes=True)


@plants("draft.flag")
def a_draft_that_the_editor_does_not_open():
    page = news()
    page.introduction = "The draft"
    page.save_revision()
    return change(page, has_unpublished_changes=False)
