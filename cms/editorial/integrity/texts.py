"""Live texts: the live revision of every public page, the row that shows it, and who cleared it."""

from datetime import timedelta
from functools import partial

from django.db.models import CharField, F, Q
from django.db.models.functions import Cast
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.changes.models import Change
from cms.editorial.integrity.contents import OF_THE_PAGE, differences, same_text
from cms.editorial.integrity.registry import NotMended, Violation, check
from cms.editorial.log import MENDED
from cms.editorial.rule import uncleared_live_pages


def own(revision: str) -> Q:
    """The condition that the revision that a page names is one of this page."""
    return Q(**{f"{revision}__object_id": F("own_id")}) & Q(
        **{f"{revision}__base_content_type__model": "page"}
    )


def pages():
    """All pages but the root, each with its own id as revisions write it."""
    return Page.objects.filter(depth__gt=1).annotate(own_id=Cast("pk", CharField(max_length=255)))


@check("live.revision", order=30)
def live_pages_without_revision():
    for page in pages().filter(live=True, live_revision=None, alias_of=None):
        message = f"“{page.title}” is live without a live revision."
        yield Violation("live.revision", f"page {page.pk}", message, partial(_adopt, page.pk))


@check("live.foreign", order=31)
def live_revisions_of_other_pages():
    for page in pages().filter(live=True).exclude(live_revision=None).exclude(own("live_revision")):
        message = f"“{page.title}” is live with revision {page.live_revision_id} of another page."
        yield Violation("live.foreign", f"page {page.pk}", message, partial(_adopt, page.pk))


def _adopt(pk: int) -> str:
    """Give a live page the newest of its revisions that has its text, or else a new one."""
    page = Page.objects.select_for_update().get(pk=pk).specific
    if not page.live:
        raise NotMended("the page was taken down meanwhile")
    revisions = page.revisions.order_by("-created_at", "-pk")
    found = next((one for one in revisions.iterator() if same_text(page, one.content)), None)
    revision = found or _keep(page, revisions.first())
    _set(page, live_revision=revision)
    log(instance=page, action=MENDED, revision=revision)
    return f"the live revision is {revision.pk} now"


def _set(page: Page, **values) -> None:
    """Past the rule that asks who cleared a text: the public sees what it saw before."""
    Page.objects.filter(pk=page.pk).update(**values)


def _keep(page: Page, newest: Revision | None) -> Revision:
    """The text of a page's row as a revision, behind the newest one that people go on with."""
    revision = Revision(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
        created_at=newest and newest.created_at - timedelta(microseconds=1),
    )
    revision.save()
    if newest is None:
        _set(page, latest_revision=revision, latest_revision_created_at=revision.created_at)
    return revision


@check("live.leftover", order=32)
def live_revisions_of_pages_that_are_not_live():
    for page in pages().filter(live=False).exclude(live_revision=None):
        message = f"“{page.title}” is not live and names a live revision."
        yield Violation("live.leftover", f"page {page.pk}", message, partial(_let_go, page.pk))


def _let_go(pk: int) -> str:
    if not Page.objects.filter(pk=pk, live=False).update(live_revision=None):
        raise NotMended("the page was published meanwhile")
    return "the page names no live revision any more"


@check("live.text", order=33)
def live_rows():
    live = pages().filter(own("live_revision"), live=True)
    for page, names in differences(live, "live_revision"):
        message = f"“{page.title}” shows another text than its live revision: {', '.join(names)}."
        yield Violation("live.text", f"page {page.pk}", message, partial(_rewrite, page.pk))


def _rewrite(pk: int) -> str:
    """Show the live revision's text again; what the row had stays as an earlier revision."""
    row = Page.objects.select_for_update().get(pk=pk).specific
    revision = row.live_revision
    if not row.live or revision is None:
        raise NotMended("the page was taken down meanwhile")
    kept = _keep(row, row.revisions.order_by("-created_at", "-pk").first())
    page = revision.as_object()
    for field in page._meta.fields:
        if field.name in OF_THE_PAGE:
            setattr(page, field.attname, getattr(row, field.attname))
    page.save(clean=False)
    Change.objects.record("published", page)
    log(instance=page, action=MENDED, revision=revision)
    return f"shows revision {revision.pk} again; the other text is kept as revision {kept.pk}"


@check("live.uncleared", order=34)
def uncleared_pages():
    """Named only: a review, or an administrator with a reason, has to clear the text."""
    known = set(pages().filter(own("live_revision")).values_list("pk", flat=True))
    for page in uncleared_live_pages():
        if page.pk in known:
            message = f"“{page.title}” is live though nobody has cleared its text."
            yield Violation("live.uncleared", f"page {page.pk}", message)
