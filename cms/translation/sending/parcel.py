"""One page on its way to the translators of one locale after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, PageViewRestriction, Revision
from wagtail_localize.models import (
    RelatedObjectSegment,
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.editorial.rule import BIN_PATH, InBin, Refused, ReviewedPagePermissionTester, in_bin
from cms.models.tree import lock_tree
from cms.translation.fingerprint import Fingerprint, fingerprint, texts_of
from cms.translation.models import Assignment
from cms.translation.restrictions import follow
from cms.translation.sending.copies import add_draft, keep_version, tell
from cms.translation.sending.snapshot import keep_snapshot
from cms.translation.state import fallbacks_of
from cms.translation.structure import source_of

FROM_A_TRANSLATION = _("This page is a translation itself; translate the page it was made from.")
SAME_LANGUAGE = _("The page is written in this language.")
NOT_PUBLISHED = _("This page is not published: send its draft ahead, or publish it first.")
STOPPED = _("This translation was stopped; start it again before you send changes.")
IN_BIN = _("The translation is in the bin. Restore it first.")
BY_HAND = _("In that language the page was written by hand: it has no translation.")
NOT_ALLOWED = _("You may not send this page to translators.")
GONE = _("This page was deleted.")
NOT_ABOVE = _("The page above it, “%(title)s”, has to be sent first: %(reason)s")
ABOVE_IN_BIN = _("The translation of the page above it, “%(title)s”, is in the bin.")
ELSEWHERE = _("This page is translated into that language from another page already.")

HOME_DEPTH = 2
WHAT = [
    "translation_key",
    "locale_id",
    "url_path",
    "live",
    "live_revision_id",
    "latest_revision_id",
    "latest_revision_created_at",
    "text_at",
    "is_restricted",
]
"""When the page and its text for translators were changed, and where it stands."""


@dataclass(frozen=True)
class Sent:
    """What came of it, and whether it is news to the translators."""

    assignment: Assignment
    is_news: bool


def send(
    page: Page,
    locales: Iterable[Locale],
    user,
    due_on: date | None = None,
    revision: Revision | None = None,
) -> list[Assignment]:
    """Send a page to the translators of these locales, or what has changed in it since.

    `revision` is a draft that is sent ahead of its publication; none: the text as published.
    A draft is made in each locale where the page has none, and above it where one is missing.
    Raises Refused, also where the user may not send the page; without a user nobody is asked.
    """
    parcel = Parcel(page.pk, user, due_on, revision=revision)
    with transaction.atomic():
        return [parcel.send(locale).assignment for locale in locales]


def may_send(page: Page, user) -> bool:
    """Whether somebody may send this page; costs no query once their rights are known."""
    may_submit = user.has_perm("wagtail_localize.submit_translation")
    return may_submit and ReviewedPagePermissionTester(user, page).can_edit()


class Parcel:
    """A page as it is read once and sent to each locale, in a transaction of whoever sends it.

    It is read again when somebody has changed it or its text for translators in between.
    """

    original: Page
    source: TranslationSource

    def __init__(self, page_id: int, user, due_on=None, ahead=False, revision=None):
        self.page_id = page_id
        self.user = user
        self.due_on = due_on
        self.ahead = ahead
        self.revision = revision
        self.seen: tuple | None = None

    def send(self, locale: Locale) -> Sent:
        """Bring the page to one locale; raises Refused."""
        lock_tree()
        work = self._work()
        place = work[self.page_id]
        known = self._translation(place, locale)
        self._look(place)
        found = [facts for facts in work.values() if facts["locale_id"] == locale.pk]
        for facts in found:
            _check(known, facts)
        translation = known or self._begin(locale)
        if not found:
            self._make(translation, place["is_restricted"])
        return self._assign(known, translation, made=not found)

    def _work(self) -> dict[int, dict]:
        """What tells whether a page is another one than it was, of each page of the work."""
        same = Page.objects.filter(pk=self.page_id).values("translation_key")
        here = {"object_id": OuterRef("translation_key"), "locale_id": OuterRef("locale_id")}
        text_at = TranslationSource.objects.filter(**here).values("last_updated_at")
        restricted = Exists(PageViewRestriction.objects.filter(page_id=OuterRef("pk")))
        pages = Page.objects.filter(translation_key__in=same)
        rows = pages.annotate(text_at=Subquery(text_at), is_restricted=restricted)
        found = {facts["pk"]: facts for facts in rows.values("pk", *WHAT)}
        if self.page_id not in found:
            raise Refused(GONE)
        return found

    def _translation(self, place: dict, locale: Locale) -> Translation | None:
        """What the page has in this locale; refuses where it is no source for it."""
        if place["locale_id"] == locale.pk:
            raise Refused(SAME_LANGUAGE)
        every = Translation.objects.filter(source__object_id=place["translation_key"])
        by_locale = {
            found.target_locale_id: found
            for found in every.select_related("source", "target_locale", "assignment")
        }
        if place["locale_id"] in by_locale:
            raise Refused(FROM_A_TRANSLATION)
        known = by_locale.get(locale.pk)
        if known and known.source.locale_id != place["locale_id"]:
            raise Refused(ELSEWHERE)
        return known

    def _look(self, place: dict) -> None:
        """Read the page and bring its text to its source, unless that is known already."""
        if place == self.seen:
            return
        for name in ("text", "memory", "parent"):
            vars(self).pop(name, None)
        page = Page.objects.get(pk=self.page_id).specific
        if in_bin(page):
            raise InBin
        if self.user and not may_send(page, self.user):
            raise Refused(NOT_ALLOWED)
        if not (page.live or self.ahead or self.revision):
            raise Refused(NOT_PUBLISHED)
        revision = self.revision or (page.latest_revision if self.ahead else None)
        self.draft = revision if revision and revision.pk != page.live_revision_id else None
        self.slug = page.slug
        self.original = self.draft.as_object() if self.draft else page
        self.source = keep_snapshot(self.original, self.draft)[0]
        self.seen = place | {"text_at": self.source.last_updated_at}

    @cached_property
    def text(self) -> Fingerprint:
        return fingerprint(self.original)

    @cached_property
    def memory(self) -> set[int]:
        """The locales in which there may be something of an earlier translation."""
        here = {"context__object_id": self.source.object_id, "locale_id": OuterRef("pk")}
        related = RelatedObjectSegment.objects.filter(source=self.source)
        found = Locale.objects.filter(
            Exists(StringTranslation.objects.filter(**here))
            | Exists(SegmentOverride.objects.filter(**here))
            | Exists(related)
        )
        return set(found.values_list("pk", flat=True))

    @cached_property
    def parent(self) -> Page:
        return self.original.get_parent()

    def _begin(self, locale: Locale) -> Translation:
        # In bulk, which sends no signal: what its receivers look at is looked at here.
        [made] = Translation.objects.bulk_create(
            [Translation(source=self.source, target_locale=locale)]
        )
        return made

    def _make(self, translation: Translation, is_restricted: bool) -> None:
        if not translation.enabled:  # its page is gone for good
            translation.enabled = True
            translation.save(update_fields=["enabled"])
        locale = translation.target_locale
        is_home = self.original.depth == HOME_DEPTH
        slug = f"home-{locale.language_code}" if is_home else self.slug
        parent = self._parent_in(locale)
        known = locale.pk in self.memory
        page = add_draft(self.original, translation, parent, slug, known)
        open_texts = fallbacks_of(translation) if known else texts_of(self.text)
        keep_version(page, self.user, self.text, open_texts, self.draft)
        tell(self.original, page, (self.parent, parent), self.user)
        if is_restricted:
            follow(self.original)

    def _parent_in(self, locale: Locale) -> Page:
        """The page below which the draft belongs; sent itself where it is missing."""
        if self.parent.is_root():
            return Page.objects.get(pk=self.parent.pk)
        found = Page.objects.filter(translation_key=self.parent.translation_key, locale=locale)
        page = found.first()
        if page is None:
            self._send_above(locale)
            page = found.get()
        if in_bin(page):
            raise Refused(ABOVE_IN_BIN % {"title": page.title})
        return page

    def _send_above(self, locale: Locale) -> None:
        above = source_of(self.parent) or self.parent
        ahead = not above.live and (self.ahead or self.revision is not None)
        try:
            Parcel(above.pk, self.user, self.due_on, ahead).send(locale)
        except Refused as refusal:
            raise Refused(NOT_ABOVE % {"title": above.title, "reason": refusal}) from refusal

    def _assign(self, known: Translation | None, translation: Translation, made: bool) -> Sent:
        now = timezone.now()
        facts = {"sent_by": self.user, "sent_at": now}
        due = {"due_on": self.due_on} if self.due_on else {}
        before = getattr(known, "assignment", None)
        if before is None:
            new = Assignment.objects.create(translation=translation, **facts, **due)
            return Sent(new, is_news=True)
        is_news = made or before.sent_at < self.source.last_updated_at
        changes = due | (facts if is_news else {})
        if made:
            changes |= {"is_stale": True, "changed_at": now}
        if changes:
            Assignment.objects.filter(pk=before.pk).update(**changes)
        vars(before).update(due)
        return Sent(before, is_news)


def _check(known: Translation | None, place: dict) -> None:
    """Raise Refused where what stands in the locale already is not to be overwritten."""
    if place["url_path"].startswith(BIN_PATH):
        raise Refused(IN_BIN)
    if known is None:
        raise Refused(BY_HAND)
    if not known.enabled:
        raise Refused(STOPPED)
