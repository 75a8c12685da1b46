"""One of each thing that must not be: how it is planted, and what it is called then."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Locale,
    Page,
    PageLogEntry,
    PageViewRestriction,
    Revision,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from cms.changes.models import Change
from cms.editorial.models import FourEyesTask
from cms.translation.models import TranslationBasis
from home.models import StandardPage
from news.models import NewsPage
from partners.models import PartnerPage
from publications.models import EditionFile, EditionRelease, PublicationPage
from tests.make import make_image, make_news

TWO_DAYS = 172_800


class Plant(NamedTuple):
    plant: Callable[..., str]
    mended: bool = True


PLANTS: dict[str, list[Plant]] = {}


def plants(kind: str, mended: bool = True):
    """A function that plants one violation of a kind into the site; it answers its subject."""

    def register(plant):
        PLANTS.setdefault(kind, []).append(Plant(plant, mended))
        return plant

    return register


def change(page: Page, **values) -> str:
    """Change a page's row behind everybody's back."""
    Page.objects.filter(pk=page.pk).update(**values)
    return f"page {page.pk}"


def about() -> Page:
    return StandardPage.objects.get(slug="about", locale__language_code="en")


def news() -> Page:
    return NewsPage.objects.get(slug="opening", locale__language_code="en")


def translated_news() -> Page:
    return NewsPage.objects.get(locale__language_code="de")


def draft() -> Page:
    return NewsPage.objects.get(slug="draft")


def add_review(page: Page) -> WorkflowState:
    """A running review of a page that is not live, with one open task."""
    task = FourEyesTask.objects.create(name="Four eyes again")
    task.groups.add(Group.objects.get(name="Publishers"))
    workflow = Workflow.objects.create(name="Review of a draft")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow.start(page, None)


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
    WorkflowPage.objects.get_or_create(
        page=page, defaults={"workflow": Workflow.objects.create(name="Review of this page")}
    )
    page.get_children().get().specific.unpublish()
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


@plants("log.publish")
def a_publishing_that_the_log_does_not_tell():
    page = about()
    PageLogEntry.objects.filter(page=page.pk, action__startswith="wagtail.publish").delete()
    return f"page {page.pk}"


@plants("change.page")
def a_publishing_that_the_record_does_not_tell():
    page = about()
    Change.objects.filter(page_id=page.pk).delete()
    return f"page {page.pk}"


@plants("change.page")
def a_page_taken_down_without_a_change():
    page = make_news(title="Short", slug="short")
    return change(page, live=False, live_revision=None, has_unpublished_changes=True)


@plants("change.gone")
def a_page_that_went_without_a_change():
    page = make_news(title="Short", slug="short")
    pk = page.pk
    page.delete()
    Change.objects.filter(page_id=pk, kind__in=["unpublished", "deleted"]).delete()
    return f"page {pk}"


def schedule(page: Page, when) -> Revision:
    revision = page.latest_revision
    revision.approved_go_live_at = when
    revision.save()
    return revision


@plants("schedule.gone")
def a_schedule_of_a_page_that_is_gone():
    revision = schedule(draft(), timezone.now() + timedelta(days=1))
    copy = Revision.objects.get(pk=revision.pk)
    revision.approved_go_live_at = None
    revision.save()
    copy.pk, copy.object_id = None, "999999"
    copy.save()
    return f"revision {copy.pk}"


@plants("schedule.twice")
def two_schedules_of_one_page():
    page = draft()
    first = schedule(page, timezone.now() + timedelta(days=1))
    page.save_revision()
    schedule(page, timezone.now() + timedelta(days=2))
    return f"revision {first.pk}"


@plants("schedule.overdue", mended=False)
def a_schedule_that_the_clock_has_missed():
    return f"revision {schedule(draft(), timezone.now() - timedelta(hours=1)).pk}"


@plants("schedule.overdue", mended=False)
def an_expiry_that_the_clock_has_missed():
    return change(about(), expire_at=timezone.now() - timedelta(hours=1))


@plants("review.gone")
def a_review_of_a_page_that_is_gone():
    review = add_review(draft())
    WorkflowState.objects.filter(pk=review.pk).update(object_id="999999")
    return f"review {review.pk}"


@plants("review.over")
def an_open_task_of_a_review_that_is_over():
    review = add_review(draft())
    WorkflowState.objects.filter(pk=review.pk).update(status="approved")
    return f"task {review.current_task_state_id}"


@plants("review.task")
def a_review_without_an_open_task():
    review = add_review(draft())
    review.task_states.update(status="approved")
    return f"review {review.pk}"


@plants("review.task")
def a_review_with_two_open_tasks():
    review = add_review(draft())
    task = review.current_task_state
    TaskState.objects.create(workflow_state=review, revision=task.revision, task=task.task)
    return f"review {review.pk}"


@plants("review.text")
def a_review_of_an_earlier_text():
    page = draft()
    earlier = page.latest_revision
    page.save_revision()
    review = add_review(page)
    review.task_states.update(revision=earlier)
    return f"review {review.pk}"


@plants("review.text")
def a_review_of_a_text_that_was_overwritten():
    review = add_review(draft())
    revision = review.current_task_state.revision
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"seo_title": "New"})
    return f"review {review.pk}"


@plants("basis.hidden")
def a_basis_of_a_page_that_is_not_live():
    page = draft()
    TranslationBasis.objects.create(page=page, segments={})
    return f"page {page.pk}"


@plants("basis.missing")
def a_live_translation_without_basis():
    page = translated_news()
    TranslationBasis.objects.filter(page=page).delete()
    return f"page {page.pk}"


@plants("basis.state")
def a_state_that_does_not_follow_from_the_basis():
    page = translated_news()
    TranslationBasis.objects.filter(page=page).update(state="outdated", open_words=7)
    return f"page {page.pk}"


@plants("translation.restriction")
def a_translation_that_more_people_may_read_than_its_source():
    page = news()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    translation = translated_news()
    PageViewRestriction.objects.filter(page=translation)._raw_delete("default")
    return f"page {translation.pk}"


@plants("translation.restriction", mended=False)
def a_translation_that_fewer_people_may_read_than_its_source():
    page = translated_news()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    return f"page {page.pk}"


@plants("file.missing", mended=False)
def an_image_without_its_file():
    image = make_image()
    default_storage.delete(image.file.name)
    return f"image {image.pk}"


@plants("file.missing", mended=False)
def an_edition_without_its_file():
    file = EditionFile.objects.get()
    default_storage.delete(file.file.name)
    return f"editionfile {file.pk}"


@plants("file.stray")
def a_file_that_nobody_names():
    name = default_storage.save("original_images/inner/stray.png", ContentFile(b"stray"))
    old = time.time() - TWO_DAYS
    os.utime(default_storage.path(name), (old, old))
    return name


@plants("file.stray", mended=False)
def a_file_that_was_stored_just_now():
    return default_storage.save("documents/fresh.csv", ContentFile(b"fresh"))


@plants("file.stray", mended=False)
def a_file_that_a_revision_names():
    page = draft()
    page.introduction = "See old-plan.png."
    page.save_revision()
    name = default_storage.save("original_images/old-plan.png", ContentFile(b"plan"))
    old = time.time() - TWO_DAYS
    os.utime(default_storage.path(name), (old, old))
    return name


@plants("file.storage", mended=False)
def a_folder_that_cannot_be_read():
    default_storage.save("documents", ContentFile(b"not a folder"))
    return "documents"


@plants("edition.release")
def an_edition_that_the_ledger_does_not_have():
    EditionRelease.objects.all().delete()
    return f"page {PublicationPage.objects.get().pk}"
