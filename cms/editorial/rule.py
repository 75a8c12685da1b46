"""The one publishing rule: what needs review goes live when exactly that text was cleared.

Every door asks here: a page saved as live, or with another live revision, must name a revision
that a workflow has approved or an administrator has cleared in an emergency, content included.
Pages that no workflow is responsible for (an empty site before its first set-up) need none.
"""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, PagePermissionTester, Workflow
from wagtail_localize.models import Translation

BIN = "_bin"
"""The slug of the page below which deleted pages wait; no other page may have it."""

BIN_PATH = f"/{BIN}/"

revision_saved = Signal()
"""Sent when a page's text was saved, with `page`, `revision` and `user`."""


TRANSLATORS = "Translators: "
"""How the names of the groups begin that change translations and nothing else."""


class Refused(Exception):
    """What somebody asked for is not done, and nothing that went with it; says why."""


class NotReviewed(Refused):
    """Somebody tried to make public what nobody has cleared."""


class InBin(Refused):
    """Somebody tried to do something with a page in the bin, which can only be restored."""

    def __init__(self):
        super().__init__(_("This page is in the bin. Restore it first."))


def in_bin(page) -> bool:
    """Whether a page was deleted and waits in the bin; costs no query."""
    return page.url_path.startswith(BIN_PATH)


def outside_bin(pages):
    """The pages of a queryset that nobody has deleted, the bin itself left out too.

    By the path of the tree, which Wagtail's search can filter by; one query for the bin's own.
    """
    bin_page = Page.objects.filter(depth=2, slug=BIN).only("path").first()
    return pages.exclude(path__startswith=bin_page.path) if bin_page else pages


def content_hash(revision) -> str:
    """64 hexadecimal digits that stand for the text of a revision as it is stored."""
    text = json.dumps(revision.content, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_cleared(revision) -> bool:
    """Whether this revision, with the text that it has now, may go live."""
    return revision.clearances.filter(content_hash=content_hash(revision)).exists()


def is_translation(page) -> bool:
    """Whether wagtail-localize makes this page from a source in another locale."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id
    ).exists()


def workflow_of(page) -> Workflow | None:
    """The workflow that reviews a page; None where none is responsible.

    The nearest page above decides. What is written in another locale than the source locale and
    is no translation is reviewed like what stands at the same place in the source locale.
    """
    if page.locale_id != Locale.get_default().pk and not is_translation(page):
        for above in page.get_ancestors().filter(depth__gt=1).order_by("-depth"):
            source = above.get_translation_or_none(Locale.get_default())
            if source:
                return assigned_workflow(source)
    return assigned_workflow(page)


def assigned_workflow(page) -> Workflow | None:
    """The active workflow that is assigned to the page or to the nearest page above it."""
    nearest = (
        page.get_ancestors(inclusive=True)
        .filter(workflowpage__workflow__active=True)
        .select_related("workflowpage__workflow")
        .order_by("-depth")
        .first()
    )
    return nearest.workflowpage.workflow if nearest else None


def ask(page) -> None:
    """Raise NotReviewed where saving this page would make public what nobody has cleared."""
    if not page.live or not page.path:
        return
    before = Page.objects.filter(pk=page.pk).values("live", "live_revision_id").first()
    if before == {"live": True, "live_revision_id": page.live_revision_id}:
        return
    revision = page.live_revision
    if (revision is None or not is_cleared(revision)) and page.has_workflow:
        raise NotReviewed(
            _("“%(title)s” must be reviewed before it goes live.") % {"title": page.title}
        )


def is_named(revision) -> bool:
    """Whether something relies on this revision as it is, so that it must not be overwritten."""
    return (
        revision.approved_go_live_at is not None
        or revision.task_states.exists()
        or revision.clearances.exists()
        or Page.objects.filter(live_revision=revision).exists()
    )


def uncleared_live_pages():
    """Public pages whose live revision nobody has cleared though a workflow is responsible."""
    cleared = Exists(
        Page.objects.filter(pk=OuterRef("pk"), live_revision__clearances__isnull=False)
    )
    pages = Page.objects.live().filter(~cleared, depth__gt=1)
    return [page for page in pages.specific() if page.has_workflow]


class ReviewedPagePermissionTester(PagePermissionTester):
    """Who may do what with a page: nobody publishes around the review, administrators neither."""

    permissions: set[str]

    def __new__(cls, user, page):
        return super().__new__(BinnedPagePermissionTester if in_bin(page) else cls)

    def __init__(self, user, page):
        super().__init__(user, page)
        self.only_translates = False
        if user.is_active and not user.is_superuser and not self.page_is_root:
            self._look_at_translators()

    def _look_at_translators(self) -> None:
        """A group of translators changes the translations below its page, and nothing else."""
        groups = translating_groups(self.user)
        others = {
            perm.permission.codename.rsplit("_", maxsplit=1)[0]
            for perm in self.permission_policy.get_cached_permissions_for_user(self.user)
            if self.page.path.startswith(perm.page.path) and perm.group_id not in groups
        }
        self.only_translates = "change" in self.permissions and not others
        if self.only_translates and not is_translation(self.page):
            self.permissions = set()
        elif not self.only_translates:
            self.permissions = others

    def can_publish(self):
        return super().can_publish() and workflow_of(self.page) is None

    def can_publish_subpage(self):
        return super().can_publish_subpage() and workflow_of(self.page) is None

    def can_oversee(self):
        """Whether somebody publishes here, if only by way of the review."""
        return super().can_publish()

    def can_set_view_restrictions(self):
        return self.can_oversee()

    def can_unschedule(self):
        return self.can_oversee()

    def can_move_to(self, destination):
        return not in_bin(destination) and super().can_move_to(destination)

    def can_copy_to(self, destination, recursive=False):
        return not in_bin(destination) and super().can_copy_to(destination, recursive)

    def can_delete(self, ignore_bulk=False):
        return not self.only_translates and super().can_delete(ignore_bulk)

    def can_copy(self):
        """A copy is written; whoever only reviews or translates a page makes none."""
        writes = self.user.is_superuser or {"add", "change"} <= self.permissions
        return not self.only_translates and writes and super().can_copy()


class BinnedPagePermissionTester(ReviewedPagePermissionTester):
    """Nobody may do anything with a page in the bin; restoring it is the bin's own matter."""

    def _never(self, *args, **kwargs) -> bool:
        return False

    can_add_subpage = can_copy = can_copy_to = can_delete = can_edit = can_lock = _never
    can_move = can_move_to = can_publish = can_publish_subpage = can_reorder_children = _never
    can_set_view_restrictions = can_submit_for_moderation = can_unlock = can_unpublish = _never
    can_unschedule = can_view_revisions = can_oversee = _never


def groups_of_person(user) -> dict[int, str]:
    """{id: name} of the groups that somebody belongs to; asked once a request."""
    if not hasattr(user, "_groups_by_id"):
        user._groups_by_id = dict(user.groups.values_list("pk", "name"))
    return user._groups_by_id


def translating_groups(user) -> set[int]:
    """The ids of the groups of translators that somebody belongs to."""
    names = groups_of_person(user)
    return {pk for pk, name in names.items() if name.startswith(TRANSLATORS)}
