"""What is kept so that nobody has to count it again: source texts and the numbers of assignments.

Each check names what is kept otherwise than it follows from pages and segments of now.
"""

from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from cms.editorial.integrity.registry import Check, NotMended, Violation, check, checks
from cms.editorial.reading import translations
from cms.translation.counting import count, drifted, settled
from cms.translation.fingerprint import Fingerprint, fingerprint
from cms.translation.models import Assignment, SourceText
from cms.translation.state import keep_source_text, source_changed, translation_of

KINDS = {
    "source.text",
    "basis.hidden",
    "basis.missing",
    "basis.state",
    "assignment.missing",
    "assignment.numbers",
}
"""All that can be made anew from published pages and segments."""


def checks_of_what_is_kept() -> list[Check]:
    """The checks whose repairs make it anew, in their order."""
    return [found for found in checks() if KINDS & set(found.kinds)]


def _sources() -> QuerySet[Page]:
    return Page.objects.filter(~translations(), live=True, depth__gt=1)


@check("source.text", order=79)
def texts_of_sources():
    """Kept for each published source page as it is published, and for no other page."""
    kept = dict(SourceText.objects.values_list("page_id", "segments"))
    for page in _sources().order_by("pk").specific().iterator(chunk_size=100):
        known = kept.pop(page.pk, None)
        if not _is_said_by(page, known):
            what = "missing" if known is None else "another one than is published"
            message = f"The text of the source “{page.title}” is {what}."
            yield Violation("source.text", f"page {page.pk}", message, partial(_keep, page.pk))
    for page_id in kept:
        message = "The text of a source is kept for a page that is none, or is not published."
        yield Violation("source.text", f"page {page_id}", message, partial(_forget, page_id))


def _is_said_by(page: Page, kept: Fingerprint | None) -> bool:
    """Where a row is not what went live, that is another check's; what went live counts then."""
    if kept == fingerprint(page):
        return True
    return kept is not None and bool(page.live_revision) and kept == fingerprint(_published(page))


def _published(page: Page) -> Page:
    return page.live_revision.as_object() if page.live_revision else page.specific


def _keep(page_id: int) -> str:
    """As when the page is published; its translations follow."""
    page = Page.objects.get(pk=page_id)
    if not page.live or translation_of(page):
        raise NotMended("the page was taken down meanwhile")
    source_changed(_published(page))
    return f"the text is kept, {SourceText.objects.get(page_id=page_id).words} words"


def _forget(page_id: int) -> str:
    if _sources().filter(pk=page_id).exists():
        raise NotMended("the page was published meanwhile")
    SourceText.objects.filter(page_id=page_id).delete()
    return "the text is removed"


@check("assignment.missing", order=84)
def translations_without_assignment():
    for translation in _without_assignment().select_related("source", "target_locale"):
        name = f"{translation.source.object_repr} ({translation.target_locale.language_code})"
        message = f"Nobody knows how far the translation of “{name}” is."
        repair = partial(_assign, translation.pk)
        yield Violation("assignment.missing", f"translation {translation.pk}", message, repair)


def _without_assignment() -> QuerySet[Translation]:
    return Translation.objects.filter(assignment=None).order_by("pk")


def _assign(translation_id: int) -> str:
    made = make_assignments(Translation.objects.filter(pk=translation_id, assignment=None))
    if not made:
        raise NotMended("it was assigned meanwhile")
    return f"assigned, with {made[0].open_words} of {made[0].words} words open"


@check("assignment.numbers", order=85)
def numbers_of_assignments():
    """Those whose texts changed are counted when somebody looks; they are no violation."""
    for assignment, numbers in drifted():
        wrong = {name: n for name, n in numbers.items() if getattr(assignment, name) != n}
        told = ", ".join(
            f"{name} is {getattr(assignment, name)} instead of {n}" for name, n in wrong.items()
        )
        subject = f"translation {assignment.translation_id}"
        message = f"The numbers of a translation are not those of its texts: {told}."
        repair = partial(_count, assignment.pk)
        yield Violation("assignment.numbers", subject, message, repair)


def _count(pk: int) -> str:
    Assignment.objects.filter(pk=pk).update(is_stale=True)
    settled(Assignment.objects.filter(pk=pk))
    found = Assignment.objects.get(pk=pk)
    return f"counted anew, {found.open_words} of {found.words} words open"


def fill_missing() -> dict[str, int]:
    """{"texts of sources": 3, "assignments": 12}: what an older version did not keep yet.

    Two queries where nothing is missing.
    """
    kept = Exists(SourceText.objects.filter(page_id=OuterRef("pk")))
    pages = list(_sources().exclude(kept).select_related("live_revision"))
    for page in pages:
        keep_source_text(_published(page))
    made = make_assignments(_without_assignment())
    return {"texts of sources": len(pages), "assignments": len(made)}


def make_assignments(translations: QuerySet[Translation]) -> list[Assignment]:
    """Assignments for translations that were made before there were any, from their segments."""
    rows = list(translations.select_related("source"))
    made = [Assignment(translation=row, sent_at=row.source.created_at) for row in rows]
    for assignment, numbers in count(made):
        for name, value in numbers.items():
            setattr(assignment, name, value)
        assignment.is_stale = False
        _date(assignment)
    return Assignment.objects.bulk_create(made)


def _date(assignment: Assignment) -> None:
    """When it was changed last, and by whom; new words of the source count where some are open."""
    translation = assignment.translation
    last = _strings(translation).order_by("-updated_at").first()
    times = [assignment.sent_at]
    if last:
        times.append(last.updated_at)
        assignment.translated_by = last.last_translated_by
    if assignment.open_segments:
        times.append(translation.source.last_updated_at)
    assignment.changed_at = max(times)


def _strings(translation: Translation) -> QuerySet[StringTranslation]:
    return StringTranslation.objects.filter(
        locale_id=translation.target_locale_id, context__object_id=translation.source.object_id
    ).select_related("last_translated_by")
