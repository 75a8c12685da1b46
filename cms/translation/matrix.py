"""Works x locales for one reader: what they may know of, narrowed, and added up."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from cms.editorial.reading import readable_drafts
from cms.models.links import path_of
from cms.translation.cells import Cell, State, WorkRow, WorkState
from cms.translation.states import read_works

OVERDUE = "overdue"
"""What can be asked for beside the states of the work."""


@dataclass
class Line:
    """A work as one reader may know of it."""

    work: WorkRow
    title: str
    can_send: bool

    @property
    def id(self) -> int:
        return self.work.head.pk


@dataclass(frozen=True)
class Wanted:
    """What somebody has narrowed the matrix to; what is empty does not narrow it.

    A work is shown when one cell, in a locale that is shown, meets all that is asked of cells.
    """

    kinds: Collection[int] = ()
    states: Collection[str] = ()
    works: Collection[str] = ()
    languages: Collection[str] = ()
    older_than: timedelta | None = None
    text: str = ""

    def shows(self, language: str) -> bool:
        return not self.languages or language in self.languages

    @cached_property
    def _before(self) -> datetime | None:
        return timezone.now() - self.older_than if self.older_than else None

    def has(self, line: Line) -> bool:
        if self.kinds and line.work.head.content_type_id not in self.kinds:
            return False
        if self.text and self.text.casefold() not in line.title.casefold():
            return False
        if not (self.states or self.works or self.older_than):
            return True
        return any(self._meets(cell) for cell in self.cells(line))

    def cells(self, line: Line) -> list[Cell]:
        return [cell for code, cell in line.work.cells.items() if self.shows(code)]

    def _meets(self, cell: Cell) -> bool:
        if self.states and cell.state not in self.states:
            return False
        if self._before and (cell.since is None or cell.since > self._before):
            return False
        overdue = OVERDUE in self.works and cell.is_overdue
        return not self.works or overdue or cell.work in self.works


class Reader:
    """What one person may know of, and where each cell leads them."""

    def __init__(self, user, keys: Collection[UUID] | None = None):
        self.user = user
        self.own = readable_drafts(user, keys)
        self.may_send = user.has_perm("wagtail_localize.submit_translation")
        self._editor = reverse("wagtailadmin_pages:edit", args=[0])
        self._sender = reverse("send_to_translators")

    def lines(self, works: Iterable[WorkRow]) -> list[Line]:
        """The works that this person may know of, by the titles that they may read."""
        titles = ((work, self.title(work)) for work in works)
        return [Line(work, title, self.can_send(work)) for work, title in titles if title]

    def title(self, work: WorkRow) -> str:
        """The title of a work; "" where it is nobody's business but its authors'.

        Whoever translates or reviews an unpublished work knows it by the page they work on.
        """
        pages = [work.head, *(cell.page for cell in work.cells.values() if cell.page)]
        head = work.head
        if head.pk not in self.own and head.live:
            return head.title
        for page in pages:
            if page.pk in self.own:
                return page.draft_title or page.title
        return next((page.title for page in pages if page.live), "")

    def can_send(self, work: WorkRow) -> bool:
        return self.may_send and work.has_source and work.head.pk in self.own

    def address(self, work: WorkRow, cell: Cell) -> str:
        """Where the work on a cell is done; for others where the public reads it; "" for none."""
        page = cell.page
        if page is None:
            words = f"?page={work.head.pk}&locales={cell.language}"
            return self._sender + words if self.can_send(work) else ""
        if page.pk in self.own:
            return self._editor.replace("/0/", f"/{page.pk}/")
        return path_of(page.url_path, cell.language) if page.live else ""


class Total:
    """How many works stand how, and the words that are left to translate in them."""

    def __init__(self, cells: Iterable[Cell] = ()):
        self.works: Counter[str] = Counter()
        self.words_of: Counter[str] = Counter()
        self.going: Counter[str] = Counter()
        for cell in cells:
            self.works[cell.state] += 1
            if cell.words:
                self.words_of[cell.state] += cell.words
            if cell.work != WorkState.NONE:
                self.going[OVERDUE if cell.is_overdue else cell.work] += 1

    def __add__(self, other: "Total") -> "Total":
        both = Total()
        for name in ("works", "words_of", "going"):
            setattr(both, name, getattr(self, name) + getattr(other, name))
        return both

    @property
    def words(self) -> int:
        return self.words_of.total()

    @property
    def by_state(self) -> list[tuple[State, int, int]]:
        """[(State.OUTDATED, 3 works, 120 words), ...] as far as there are any."""
        return [(one, self.works[one], self.words_of[one]) for one in State if self.works[one]]


def add_up(lines: Collection[Line], languages: Iterable[str]) -> dict[str, Total]:
    """{"de": its total, ...} for these locales; those of all together are their sum."""
    return {code: Total(line.work.cells[code] for line in lines) for code in languages}


def lines_for(user, wanted: Wanted) -> tuple[Reader, list[Line]]:
    """The works that somebody may know of and wants to see, in the order of the tree."""
    reader = Reader(user)
    return reader, [line for line in reader.lines(read_works()) if wanted.has(line)]
