"""Log and record of changes: they tell of every live page how it came to be live."""

from functools import partial

from django.db.models import Exists, Max, OuterRef
from wagtail.models import Page, PageLogEntry

from cms.changes.models import Change
from cms.editorial.integrity.registry import NotMended, Violation, check
from cms.editorial.integrity.texts import own, pages

PUBLISHED = ["wagtail.publish", "wagtail.publish.scheduled"]
PUBLIC, HIDDEN = {"published"}, {"unpublished", "deleted"}
"""The kinds of changes after which a page is public, and after which it is not."""


@check("log.publish", order=50)
def published_pages_without_entry():
    entries = PageLogEntry.objects.filter(
        page_id=OuterRef("pk"), revision_id=OuterRef("live_revision_id"), action__in=PUBLISHED
    )
    for page in pages().filter(own("live_revision"), ~Exists(entries), live=True):
        message = f"The log does not tell that “{page.title}” was published."
        repair = partial(_enter, page.pk, page.live_revision_id)
        yield Violation("log.publish", f"page {page.pk}", message, repair)


def _enter(pk: int, revision_id: int) -> str:
    page = Page.objects.select_for_update().get(pk=pk).specific
    if page.live_revision_id != revision_id:
        raise NotMended("the page was published meanwhile")
    facts = {"revision": page.live_revision, "data": {"mended": True}, "content_changed": True}
    if page.last_published_at:
        facts["timestamp"] = page.last_published_at
    PageLogEntry.objects.log_action(page, "wagtail.publish", **facts)
    return f"the log tells of revision {revision_id}"


@check("change.page", order=51)
def newest_changes():
    """The last word on a page in the record must be what the page is; a restored page is either."""
    last = _last_words()
    for page in pages().only("pk", "title", "live"):
        kind = last.get(page.pk)
        if kind not in PUBLIC | {"restored"} if page.live else kind in PUBLIC:
            is_so = "live" if page.live else "not live"
            message = f"“{page.title}” is {is_so}; the record of changes says: {kind or 'nothing'}."
            yield Violation("change.page", f"page {page.pk}", message, partial(_record, page.pk))


def _last_words() -> dict[int, str]:
    """{pk of a page: the kind of the newest change that made it public or took it down}."""
    told = Change.objects.filter(kind__in=[*PUBLIC, *HIDDEN, "restored"]).exclude(page_id=None)
    newest = told.order_by().values("page_id").annotate(newest=Max("number")).values("newest")
    rows = Change.objects.filter(number__in=newest).values_list("page_id", "kind")
    return {page_id: kind for page_id, kind in rows if page_id}


def _record(pk: int) -> str:
    page = Page.objects.select_for_update().get(pk=pk)
    change = Change.objects.record("published" if page.live else "unpublished", page)
    return f"recorded as change {change.number}: {change.kind}"


@check("change.gone", order=52)
def pages_that_are_gone():
    ids = [pk for pk, kind in _last_words().items() if kind in PUBLIC]
    there = set(Page.objects.values_list("pk", flat=True))
    for pk in sorted(set(ids) - there):
        message = "The record of changes says that it is public, and it is gone."
        yield Violation("change.gone", f"page {pk}", message, partial(_record_gone, pk))


def _record_gone(pk: int) -> str:
    if Page.objects.filter(pk=pk).exists():
        raise NotMended("the page came back meanwhile")
    last = Change.objects.filter(page_id=pk, kind__in=PUBLIC).latest("number")
    page = Page(pk=pk, translation_key=last.translation_key, locale_id=last.locale_id)
    change = Change.objects.record("deleted", page)
    return f"recorded as change {change.number}: deleted"
