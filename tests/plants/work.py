"""What is wrong with log, schedules, reviews, translations and files."""

import os
import time
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import (
    Page,
    PageLogEntry,
    PageViewRestriction,
    Revision,
    TaskState,
    WorkflowState,
)

from cms.changes.models import Change
from cms.editorial.along import keeping_translations
from cms.editorial.bin.trees import carry
from cms.translation.counting import settled
from cms.translation.models import Assignment, SourceText, TranslationBasis
from publications.models import EditionFile, EditionRelease, PublicationPage
from tests.make import make_image, make_news
from tests.plants.site import about, add_review, change, draft, news, plants, translated_news

TWO_DAYS = 172_800


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
    SourceText.objects.filter(page=page).delete()
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


@plants("source.text")
def a_source_whose_text_was_not_kept():
    page = about()
    SourceText.objects.filter(page=page).delete()
    return f"page {page.pk}"


@plants("source.text")
def a_text_of_a_source_that_it_does_not_say():
    page = about()
    SourceText.objects.filter(page=page).update(segments={"title": {"0" * 32: 3}}, words=3)
    return f"page {page.pk}"


@plants("source.text")
def a_text_of_a_source_that_is_not_published():
    page = draft()
    SourceText.objects.create(page=page, segments={})
    return f"page {page.pk}"


@plants("assignment.missing")
def a_translation_that_was_never_counted():
    assignment = translated_assignment()
    assignment.delete()
    return f"translation {assignment.translation_id}"


@plants("assignment.numbers")
def a_count_that_is_not_that_of_the_texts():
    assignment = translated_assignment()
    settled(Assignment.objects.all())
    Assignment.objects.filter(pk=assignment.pk).update(open_words=7, machine_words=2)
    return f"translation {assignment.translation_id}"


def translated_assignment() -> Assignment:
    page = translated_news()
    return Assignment.objects.of_text(page.translation_key, page.locale_id).get()


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
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=page, restriction_type="login")]
    )
    return f"page {page.pk}"


@plants("translation.place")
def a_translation_that_stands_elsewhere_than_its_source():
    page = translated_news()
    carry(page, page.get_parent().get_parent())
    return f"page {page.pk}"


@plants("translation.unpublished", mended=False)
def a_translation_that_is_live_without_its_source_and_without_a_word():
    page = translated_news()
    with keeping_translations():
        news().unpublish()
    TranslationBasis.objects.filter(page=page).update(kept_at=None)
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
