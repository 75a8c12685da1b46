"""Drafts: the latest revision of every page, and what the page tells of it."""

from functools import partial

from django.db.models import F, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from wagtail.models import Page, Revision

from cms.editorial.integrity.contents import differences
from cms.editorial.integrity.registry import NotMended, Violation, check
from cms.editorial.integrity.texts import pages


def _with_newest():
    own = Revision.page_revisions.filter(object_id=OuterRef("own_id"))
    newest = own.order_by("-created_at", "-pk").values("pk")[:1]
    return pages().filter(alias_of=None).annotate(newest=Subquery(newest))


@check("draft.latest", order=40)
def latest_revisions():
    """What a latest revision hides is hidden from the editor too."""
    for page in _with_newest():
        if page.latest_revision_id != page.newest:
            message = f"“{page.title}” names {page.latest_revision_id or 'none'} as its latest "
            message += f"revision instead of {page.newest or 'none'}."
            yield Violation("draft.latest", f"page {page.pk}", message, partial(_latest, page.pk))


def _latest(pk: int) -> str:
    page = _with_newest().get(pk=pk)
    newest = Revision.objects.filter(pk=page.newest).first()
    Page.objects.filter(pk=pk).update(
        latest_revision=newest,
        latest_revision_created_at=newest and newest.created_at,
        draft_title=newest.content["title"] if newest else page.title,
        has_unpublished_changes=page.newest != page.live_revision_id,
    )
    return f"the latest revision is {page.newest or 'none'} now"


def _settled():
    """The pages whose latest revision is the right one, so that the rest can be asked of it."""
    return _with_newest().filter(latest_revision=F("newest"))


@check("draft.title", order=41)
def draft_titles():
    latest_title = KeyTextTransform("title", "latest_revision__content")
    titled = _settled().annotate(latest_title=latest_title)
    for page in titled:
        if page.draft_title != page.latest_title:
            message = f"The draft of “{page.title}” is called “{page.latest_title}” and listed "
            message += f"as “{page.draft_title}”."
            repair = partial(_set, page.pk, page.newest, draft_title=page.latest_title)
            yield Violation("draft.title", f"page {page.pk}", message, repair)


def _set(pk: int, newest: int, **values) -> str:
    if not Page.objects.filter(pk=pk, latest_revision_id=newest).update(**values):
        raise NotMended("the page was saved meanwhile")
    told = ", ".join(f"{name} = {value}" for name, value in values.items())
    return f"set {told}"


@check("draft.flag", order=42)
def flags():
    """Without the flag, the editor opens the row, and nobody sees the draft."""
    done = _settled().filter(live=True, latest_revision=F("live_revision"))
    for page in done.filter(has_unpublished_changes=True):
        message = f"“{page.title}” is said to have a draft and has none."
        repair = partial(_set, page.pk, page.newest, has_unpublished_changes=False)
        yield Violation("draft.flag", f"page {page.pk}", message, repair)
    open_ones = _settled().filter(has_unpublished_changes=False)
    for page, names in differences(open_ones.exclude(pk__in=done.values("pk")), "latest_revision"):
        message = f"“{page.title}” has a draft that nobody sees: {', '.join(names)}."
        repair = partial(_set, page.pk, page.latest_revision_id, has_unpublished_changes=True)
        yield Violation("draft.flag", f"page {page.pk}", message, repair)
