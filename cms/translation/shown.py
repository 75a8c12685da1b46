"""Cells as staff see them on their screens: where each leads, and who has worked on it."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.contrib.auth import get_user_model
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.editorial.rows import name_of
from cms.models.locales import active_languages
from cms.translation.cells import Cell, WorkState
from cms.translation.matrix import Line, Reader, Wanted
from cms.translation.states import read_works


@lru_cache(maxsize=2048)
def _day(day: date, language: str) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _day_of(moment: datetime | date) -> str:
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return _day(day, get_language() or "")


class Shown:
    """A cell of a line as one reader sees it: where it leads, and in words what is known of it."""

    def __init__(self, line: Line, cell: Cell, address: str, names: dict[int, str]):
        self.line, self.cell, self.address, self._names = line, cell, address, names

    def sent(self, name: str):
        return getattr(self.cell.sent, name, None)

    @property
    def language_name(self) -> str:
        return active_languages().get(self.cell.language, self.cell.language)

    @property
    def translated_by(self) -> str:
        return self._names.get(self.sent("translated_by"), "")

    @property
    def reviewed_by(self) -> str:
        return self._names.get(self.sent("reviewed_by"), "")

    @property
    def fact(self) -> str:
        """ "for 3 months · 120 words", each as far as it is so."""
        cell, facts = self.cell, []
        if cell.since:
            facts.append(_("for %(age)s") % {"age": timesince(cell.since, depth=1)})
        if cell.words:
            facts.append(number_of_words(cell.words))
        return " · ".join(facts)

    @property
    def since_day(self) -> str:
        return _day_of(self.cell.since) if self.cell.since else ""

    @property
    def work(self) -> str:
        """ "Draft, 40 words left"; "" where nothing is going on."""
        cell = self.cell
        if cell.work == WorkState.NONE:
            return ""
        left = cell.words_left
        words = ngettext("%(number)s word left", "%(number)s words left", left)
        return (
            f"{cell.work_label}, {words % {'number': intcomma(left)}}"
            if left
            else str(cell.work_label)
        )

    @property
    def overdue(self) -> str:
        if not self.cell.is_overdue:
            return ""
        return _("Was due %(date)s") % {"date": _day_of(self.sent("due_on"))}

    @property
    def details(self) -> list[tuple[str, str]]:
        """[("Translated", "2 May 2026, Anna"), ...]: what is told to those who ask for more."""
        rows = [
            (_("Translated"), self._when("translated_at", self.translated_by)),
            (_("From a machine"), f"{share} %" if (share := self.cell.machine_share) else ""),
            (_("Reviewed"), self._when("reviewed_at", self.reviewed_by)),
            (_("Due"), self._when("due_on")),
            (_("Stopped"), self.cell.is_stopped and _("It does not follow its source any more.")),
            (_("Restricted"), self.cell.is_restricted and _("Only some visitors may read it.")),
        ]
        return [(label, text) for label, text in rows if text]

    def _when(self, name: str, person: str = "") -> str:
        at = self.sent(name)
        return ", ".join(filter(None, [_day_of(at), person])) if at else ""


def number_of_words(count: int) -> str:
    return ngettext("%(number)s word", "%(number)s words", count) % {"number": intcomma(count)}


def shown_lines(
    lines: list[Line], wanted: Wanted, reader: Reader
) -> list[tuple[Line, list[Shown]]]:
    """Lines with their cells, and the names of all people in them; one query."""
    sent = [cell.sent for line in lines for cell in wanted.cells(line) if cell.sent]
    ids = {pk for one in sent for pk in (one.translated_by, one.reviewed_by) if pk}
    people = get_user_model().objects.in_bulk(ids) if ids else {}
    names = {pk: name_of(person) for pk, person in people.items()}
    return [(line, _shown(line, wanted, reader, names)) for line in lines]


def _shown(line: Line, wanted: Wanted, reader: Reader, names: dict[int, str]) -> list[Shown]:
    cells = wanted.cells(line)
    return [Shown(line, cell, reader.address(line.work, cell), names) for cell in cells]


def shown_states(pages: Iterable[Page], user) -> dict[int, list[Shown]]:
    """{page's id: its cells in all locales} for the pages of a list, as somebody may see them."""
    by_key = {page.translation_key: page.pk for page in pages}
    reader = Reader(user, by_key.keys())
    lines = reader.lines(read_works(by_key.keys()))
    found = {line.work.head.key: cells for line, cells in shown_lines(lines, Wanted(), reader)}
    return {page.pk: found.get(page.translation_key, []) for page in pages}
