"""How far each assignment is: counted from the segments when somebody asks, never guessed."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from wagtail_localize.models import StringSegment, StringTranslation

from cms.translation.fingerprint import words
from cms.translation.models import Assignment

NUMBERS = ["segments", "words", "open_segments", "open_words", "machine_words"]
AT_ONCE = 200

Place = tuple[int, int]
"""The ids of a text and of where it stands."""


def settled(assignments) -> None:
    """Count anew those of a queryset of assignments whose texts have changed since."""
    stale = list(assignments.filter(is_stale=True).select_related("translation"))
    for start in range(0, len(stale), AT_ONCE):
        _settle(stale[start : start + AT_ONCE])


def _settle(assignments: list[Assignment]) -> None:
    for assignment, numbers in count(assignments):
        for name, value in numbers.items():
            setattr(assignment, name, value)
        assignment.is_stale = False
    Assignment.objects.bulk_update(assignments, [*NUMBERS, "is_stale"])


def count(assignments: Iterable[Assignment]) -> Iterable[tuple[Assignment, dict[str, int]]]:
    """Each assignment with {"segments": 12, "words": 340, "open_segments": 2, ...} as it is now.

    The same text twice in one place is one segment, as in fingerprints. A query for each locale,
    and one for the segments of all.
    """
    wanted = list(assignments)
    by_source: dict[int, dict] = {}
    sources = {assignment.translation.source_id for assignment in wanted}
    rows = StringSegment.objects.filter(source_id__in=sources).values_list(
        "source_id", "string_id", "context_id", "string__data"
    )
    for source_id, string_id, context_id, text in rows:
        by_source.setdefault(source_id, {})[string_id, context_id] = words(text)
    done = _done(sources, {a.translation.target_locale_id for a in wanted})
    for assignment in wanted:
        translation = assignment.translation
        texts = by_source.get(translation.source_id, {})
        yield assignment, _numbers(texts, done[translation.target_locale_id])


def _numbers(texts: dict[Place, int], done: dict[Place, str]) -> dict[str, int]:
    by_machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    left = [count for place, count in texts.items() if place not in done]
    machine = [count for place, count in texts.items() if done.get(place) == by_machine]
    return {
        "segments": len(texts),
        "words": sum(texts.values()),
        "open_segments": len(left),
        "open_words": sum(left),
        "machine_words": sum(machine),
    }


def _done(sources: set[int], locales: set[int]) -> dict[int, dict[Place, str]]:
    """{locale: {place: "manual" or "machine"}} for the segments that have a valid translation."""
    found: dict[int, dict[Place, str]] = {}
    for locale_id in locales:
        made = StringTranslation.objects.filter(
            translation_of_id=OuterRef("string_id"),
            context_id=OuterRef("context_id"),
            locale_id=locale_id,
            has_error=False,
        )
        rows = StringSegment.objects.filter(Exists(made), source_id__in=sources)
        kinds = rows.annotate(kind=made.values("translation_type")[:1])
        found[locale_id] = {
            (string_id, context_id): kind
            for string_id, context_id, kind in kinds.values_list("string_id", "context_id", "kind")
        }
    return found


def drifted() -> list[tuple[Assignment, dict[str, int]]]:
    """Assignments whose kept numbers are not those of their segments, with the right ones."""
    every = Assignment.objects.filter(is_stale=False).select_related("translation")
    return [
        (assignment, numbers)
        for assignment, numbers in count(every)
        if any(getattr(assignment, name) != value for name, value in numbers.items())
    ]
