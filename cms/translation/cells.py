"""A page in a locale, as staff see it: what the public reads there, and what is going on."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translation.models import PublicState


class State(models.TextChoices):
    """The public state of a page in a locale, as staff know it."""

    ORIGINAL = PublicState.ORIGINAL.value, _("Original")
    MISSING = PublicState.MISSING.value, _("Missing")
    LIVE = PublicState.LIVE.value, _("Up to date")
    PARTIAL = PublicState.PARTIAL.value, _("Partial")
    OUTDATED = PublicState.OUTDATED.value, _("Overtaken")
    ORPHANED = "orphaned", _("Without source")


class WorkState(models.TextChoices):
    """What is going on with a page in a locale, beside what the public sees."""

    NONE = "none", _("No work going on")
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SENT_BACK = "sent_back", _("Sent back")
    WAITING = "waiting", _("Approved, waits for its source")


ICONS: dict[str, str] = {
    State.ORIGINAL: "doc-full-inverse",
    State.MISSING: "minus",
    State.LIVE: "circle-check",
    State.PARTIAL: "dots-horizontal",
    State.OUTDATED: "history",
    State.ORPHANED: "warning",
    WorkState.DRAFT: "draft",
    WorkState.IN_REVIEW: "glasses",
    WorkState.SENT_BACK: "resubmit",
    WorkState.WAITING: "time",
}
"""Wagtail's icon for each state; words always stand beside it."""


class PageRow(NamedTuple):
    """A page, with its basis and the size of its published text where it has them."""

    pk: int
    key: UUID
    locale_id: int
    content_type_id: int
    path: str
    url_path: str
    live: bool
    title: str
    draft_title: str
    has_changes: bool
    public_at: datetime | None
    state: str | None
    since: datetime | None
    open_words: int | None
    open_segments: int | None
    words: int | None
    segments: int | None


class Sent(NamedTuple):
    """What was sent to the translators of a locale; the numbers are of the text that was sent."""

    source_id: int
    key: UUID
    source_locale_id: int
    locale_id: int
    enabled: bool
    assignment_id: int | None
    is_stale: bool | None
    due_on: date | None
    words: int | None
    open_words: int | None
    open_segments: int | None
    machine_words: int | None
    changed_at: datetime | None
    translated_by: int | None
    translated_at: datetime | None
    reviewed_by: int | None
    reviewed_at: datetime | None


@dataclass(slots=True)
class Cell:
    """One work in one locale.

    `words` are those to translate until the public reads all that its source says; `words_left`
    those of the draft that somebody works on. `page` is None where nothing was begun.
    """

    language: str
    page: PageRow | None
    sent: Sent | None
    state: str
    work: str = WorkState.NONE
    since: datetime | None = None
    words: int = 0
    segments: int = 0
    is_source: bool = False
    is_restricted: bool = False
    is_overdue: bool = False
    """Whether somebody should have finished the work on it before today."""

    @property
    def words_left(self) -> int:
        if self.sent is None or self.work == WorkState.NONE:
            return 0
        return self.sent.open_words or 0

    @property
    def machine_share(self) -> int:
        """How much of the translated text came from a machine, in per cent of its words."""
        if self.sent is None:
            return 0
        done = (self.sent.words or 0) - (self.sent.open_words or 0)
        return round(100 * (self.sent.machine_words or 0) / done) if done else 0

    @property
    def is_stopped(self) -> bool:
        return self.sent is not None and not self.sent.enabled

    @property
    def label(self):
        if self.is_source and self.state == State.MISSING:
            return _("Not published")
        return State(self.state).label

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def work_label(self):
        return WorkState(self.work).label

    @property
    def work_icon(self) -> str:
        return ICONS.get(self.work, "")


@dataclass
class WorkRow:
    """A page and all its translations.

    `head` is its source page; where that is gone, the oldest translation.
    """

    head: PageRow
    has_source: bool
    cells: dict[str, Cell] = field(default_factory=dict)
