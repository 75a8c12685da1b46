"""What a file would change, said before anything is; and the change itself once a person agrees."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import Translation

from cms.editorial.rule import Refused
from cms.translation import strings
from cms.translation.access import page_to_change
from cms.translation.exchange.incoming import Incoming, Text
from cms.translation.exchange.outgoing import by_key, snapshot
from cms.translation.fingerprint import text_hash
from cms.translation.glossary import Glossary
from cms.translation.inline import marked
from cms.translation.memory import bare
from cms.translation.models import SegmentVersion
from cms.translation.segments import Segment, TranslatedTexts

FOREIGN = gettext_lazy("This file was made for a translation that is not here.")
FORBIDDEN = gettext_lazy("You may not change this translation.")
GONE = gettext_lazy("The page of this translation cannot be read any more.")
OTHER = gettext_lazy("This file was made for another translation than this one.")
NOT_SENT = gettext_lazy("The source in the file is not the text that was sent.")


class Verdict(models.TextChoices):
    """What becomes of a text of a file."""

    CHANGE = "change", gettext_lazy("Will change")
    REFUSED = "refused", gettext_lazy("Refused")
    KEPT = "kept", gettext_lazy("Changed here since")
    UNFINISHED = "unfinished", gettext_lazy("Not finished")
    SAME = "same", gettext_lazy("Unchanged")


@dataclass(frozen=True)
class Row:
    """One text of a file: where it stands, what is there now and what the file says."""

    verdict: Verdict
    label: str
    source: str
    before: str = ""
    after: str = ""
    reason: str = ""
    about: Any = field(default=None, compare=False, repr=False)
    """What is changed: a segment, or what other kinds of files hold."""

    @property
    def marked(self) -> tuple[str, str]:
        """The text of now and the one of the file, with the words that differ marked."""
        return marked(self.before, self.after) if self.before else ("", self.after)


@dataclass
class Plan:
    """What one translation of a file would change. `refused`: why nothing of it is taken.

    `is_outdated`: the source has changed; the rest is taken only if somebody asks for that.
    """

    name: str
    translation: Translation | None = None
    title: str = ""
    tool: str = ""
    refused: str = ""
    note: str = ""
    is_outdated: bool = False
    rows: list[Row] = field(default_factory=list)

    def of(self, verdict: str) -> list[Row]:
        return [row for row in self.rows if row.verdict == verdict]

    @property
    def changes(self) -> list[Row]:
        return self.of(Verdict.CHANGE)

    @property
    def counts(self) -> list[str]:
        """["Will change: 12", ...], without what does not occur."""
        found = [(verdict.label, len(self.of(verdict))) for verdict in Verdict]
        return [f"{label}: {count}" for label, count in found if count]


def make_plan(incoming: Incoming, user, name: str = "", only: Translation | None = None) -> Plan:
    """What a translation as a file tells it would change, for this person, now."""
    found = Plan(name=name, tool=incoming.tool, note=incoming.note)
    try:
        translation = _translation(incoming, only)
        page = page_to_change(translation, user)
        found.translation, found.title = translation, page.get_admin_display_title()
        segments = by_key(TranslatedTexts(translation).segments)
    except Http404:
        found.refused = str(GONE)
    except PermissionDenied:
        found.refused = str(FORBIDDEN)
    except ObjectDoesNotExist:
        found.refused = str(GONE)
    except Refused as refusal:
        found.refused = str(refusal)
    else:
        _compare(found, incoming, segments)
    return found


def _translation(incoming: Incoming, only: Translation | None) -> Translation:
    try:
        uuid = UUID(incoming.translation)
    except ValueError as error:
        raise Refused(FOREIGN) from error
    every = Translation.objects.select_related("source__locale", "target_locale")
    translation = every.filter(uuid=uuid).first()
    if translation is None:
        raise Refused(FOREIGN)
    if only and translation.pk != only.pk:
        raise Refused(OTHER)
    language = translation.target_locale.language_code
    if incoming.language and primary(incoming.language) != primary(language):
        told = {"file": incoming.language[:20], "here": language}
        raise Refused(_("The file is in “%(file)s”, the translation in “%(here)s”.") % told)
    return translation


def primary(language: str) -> str:
    """ "de" of "de-AT", "de_AT" and "DE"."""
    return language.replace("_", "-").split("-")[0].lower()


def _compare(plan: Plan, incoming: Incoming, segments: dict[str, Segment]) -> None:
    paths = {segment.path for segment in segments.values()}
    before = _Earlier(incoming, plan.translation, segments.values())
    glossary = Glossary.of(plan.translation)
    unknown = any(text.key not in segments for text in incoming.texts)
    sent = incoming.fingerprint
    plan.is_outdated = sent != snapshot(segments) if sent else unknown
    seen: dict[str, str] = {}
    for text in incoming.texts:
        segment = segments.get(text.key)
        if segment is None:
            plan.rows.append(_unknown(text, paths, plan.is_outdated))
        elif seen.setdefault(text.key, text.text) != text.text:
            reason = _("The file holds two translations of this text.")
            plan.rows.append(_row(Verdict.REFUSED, segment, text, reason))
        else:
            plan.rows.append(_judge(text, segment, before, glossary))
    order = list(Verdict)
    plan.rows.sort(key=lambda row: order.index(row.verdict))


def _unknown(text: Text, paths: set[str], is_outdated: bool) -> Row:
    if text.path not in paths:
        reason = _("There is no such text on the page.")
    elif is_outdated:
        reason = _("The source says something else here now.")
    else:
        reason = str(NOT_SENT)
    return Row(Verdict.REFUSED, text.path[:80], text.source, after=text.text, reason=reason)


def _row(verdict: Verdict, segment: Segment, text: Text, reason: str = "") -> Row:
    place = " · ".join(filter(None, [segment.label, segment.part]))
    return Row(verdict, place, segment.source, segment.text, text.text, reason, segment)


def _judge(text: Text, segment: Segment, before: "_Earlier", glossary: Glossary) -> Row:
    if text.problem:
        return _row(Verdict.REFUSED, segment, text, text.problem)
    if bare(text.source) != bare(segment.source):
        return _row(Verdict.REFUSED, segment, text, str(NOT_SENT))
    if not text.text.strip():
        return _row(Verdict.UNFINISHED, segment, text, _("The file has no translation of it."))
    if text.unfinished:
        words = {"state": text.unfinished}
        return _row(
            Verdict.UNFINISHED, segment, text, _("Marked in the file as “%(state)s”.") % words
        )
    try:
        data = strings.clean(segment, text.text)
    except strings.BadText as refusal:
        return _row(Verdict.REFUSED, segment, text, str(refusal))
    if data == segment.text and not segment.error:
        return _row(Verdict.SAME, segment, text)
    if before.said(segment) == data:
        reason = _("The file holds the text that stood here when it was made.")
        return _row(Verdict.KEPT, segment, text, reason)
    return _row(Verdict.CHANGE, segment, text, " ".join(glossary.warnings(segment, data)))


class _Earlier:
    """What stood in texts that have changed here since a file was made; one query, if any."""

    def __init__(self, incoming: Incoming, translation, segments: Iterable[Segment]):
        self.texts: dict[tuple[int, int], str] = {}
        since = incoming.made_at
        changed = [one for one in segments if since and one.at and one.at > since]
        if not changed:
            return
        rows = SegmentVersion.objects.filter(
            locale_id=translation.target_locale_id,
            context_id__in={segment.context_id for segment in changed},
            made_at__lte=since,
        )
        for row in rows.order_by("made_at", "pk"):
            self.texts[row.string_id, row.context_id] = row.text

    def said(self, segment: Segment) -> str | None:
        return self.texts.get((segment.string_id, segment.context_id))


def signature(plans: list[Plan]) -> str:
    """32 hexadecimal digits for what a person was shown; others where something has changed."""
    shown = [
        [plan.name, plan.refused, plan.is_outdated]
        + [[row.label, row.before, row.after, row.verdict] for row in plan.changes]
        for plan in plans
    ]
    return text_hash(shown)


def carry_out(plans: list[Plan], user) -> int:
    """Store what the plans change, and how many texts that were; within one transaction."""
    count = 0
    for plan in plans:
        for row in plan.changes:
            strings.store(plan.translation, row.about, row.after, user, tool=plan.tool)
            count += 1
    return count
