"""The glossary as a table of a spreadsheet: from, into, term, translation, note."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.editorial.exports import FORMULA
from cms.translation.access import locales_of
from cms.translation.exchange.plan import Plan, Row, Verdict
from cms.translation.exchange.reading import Unreadable, decoded
from cms.translation.models import GlossaryTerm

EXTENSION = "csv"
COLUMNS = ["from", "into", "term", "translation", "note"]
MOST = 5_000
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Line:
    """A line of a table: `language` and `target_language` as they are written there."""

    language: str
    target_language: str
    term: str
    translation: str
    note: str


def read(data: bytes) -> list[Line]:
    """The lines of a table; raises Unreadable."""
    text = decoded(data)
    head = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        rows = list(
            csv.reader(StringIO(text.lstrip(), newline=""), delimiter=separator, strict=True)
        )
    except csv.Error as error:
        raise Unreadable(_("The file is damaged: %(reason)s") % {"reason": error}) from error
    names = [name.strip().lower() for name in rows[0]]
    if any(name not in names for name in COLUMNS[:-1]):
        words = _("The first line must name the columns: %(columns)s.")
        raise Unreadable(words % {"columns": ", ".join(COLUMNS)})
    if len(rows) > MOST:
        raise Unreadable(_("The file holds more than %(limit)s texts.") % {"limit": MOST})
    return list(_lines(rows[1:], [names.index(name) if name in names else -1 for name in COLUMNS]))


def _lines(rows: list[list[str]], places: list[int]) -> Iterator[Line]:
    for row in rows:
        if any(cell.strip() for cell in row):
            yield Line(*(_cell(row[n]) if 0 <= n < len(row) else "" for n in places))


def _cell(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from calculating it."""
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def plans_of(data: bytes, user) -> list[Plan]:
    """What a table would change in the glossary; raises Unreadable."""
    lines = read(data)
    if not lines:
        raise Unreadable(_("The file holds no texts."))
    every = {locale.language_code: locale for locale in Locale.objects.all()}
    own = {locale.pk for locale in locales_of(user)}
    known = {
        (term.source_locale_id, term.target_locale_id, term.term): term
        for term in GlossaryTerm.objects.filter(target_locale__in=own)
    }
    plan = Plan(name=_("Glossary"), title=_("Glossary"))
    seen: set[tuple] = set()
    for line in lines:
        source, target = every.get(line.language), every.get(line.target_language)
        if source is None or target is None:
            reason = _("These are not two languages of this site.")
            plan.rows.append(_row(Verdict.REFUSED, line, reason=reason))
        elif target.pk not in own:
            plan.rows.append(
                _row(Verdict.REFUSED, line, reason=_("You do not work in this language."))
            )
        elif (source.pk, target.pk, line.term) in seen:
            reason = _("This term stands in the file already.")
            plan.rows.append(_row(Verdict.REFUSED, line, reason=reason))
        else:
            seen.add((source.pk, target.pk, line.term))
            plan.rows.append(_judge(line, source, target, known))
    order = list(Verdict)
    plan.rows.sort(key=lambda row: order.index(row.verdict))
    return [plan]


def _judge(line: Line, source: Locale, target: Locale, known: dict) -> Row:
    before = known.get((source.pk, target.pk, line.term))
    term = before or GlossaryTerm(source_locale=source, target_locale=target, term=line.term)
    now = _told(term.translation, term.note) if before else ""
    if before and (before.translation, before.note) == (line.translation, line.note):
        return _row(Verdict.SAME, line, now)
    term.translation, term.note = line.translation, line.note
    try:
        term.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return _row(Verdict.REFUSED, line, now, " ".join(error.messages))
    return _row(Verdict.CHANGE, line, now, about=term)


def _row(verdict: Verdict, line: Line, before: str = "", reason: str = "", about=None) -> Row:
    place = f"{line.language} → {line.target_language}"
    after = _told(line.translation, line.note)
    return Row(verdict, place, line.term, before, after, reason, about)


def _told(translation: str, note: str) -> str:
    return f"{translation} ({note})" if note else translation


@transaction.atomic
def carry_out(plans: list[Plan], user) -> int:
    """Store the terms of the plans; how many."""
    terms = [row.about for plan in plans for row in plan.changes]
    for term in terms:
        term.save()
    return len(terms)
