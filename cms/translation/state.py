"""The public state of every translation, from its stored basis and the source as published.

The rule is section 6 of the design: a translation is `outdated` when its source was published
with other text since, `partial` when it shows text in the source language, else `live`.
"""

from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from cms.changes.models import Change
from cms.models.texts import text_hash
from cms.translation.fingerprint import Fingerprint, fingerprint, size, words
from cms.translation.models import (
    DraftBasis,
    PublicState,
    SourcePublication,
    SourceText,
    TranslationBasis,
)


@dataclass(frozen=True)
class Difference:
    """How far a source has moved away from what a translation was made from."""

    segments: int
    words: int
    shared: bool

    @property
    def exists(self) -> bool:
        return bool(self.segments) or self.shared


def compare(basis: Fingerprint, source: Fingerprint) -> Difference:
    """The segments and words that changed, and whether a value shared by all locales did."""
    segments = count = 0
    shared = False
    for path in basis.keys() | source.keys():
        old, new = basis.get(path, {}), source.get(path, {})
        added = {key: new[key] for key in new.keys() - old.keys()}
        removed = old.keys() - new.keys()
        if path.startswith("="):
            shared = shared or bool(added) or bool(removed)
        else:
            segments += max(len(added), len(removed))
            count += sum(added.values())
    return Difference(segments, count, shared)


def translation_of(page) -> Translation | None:
    """wagtail-localize's record of the translation that a page is; None for a source page."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id
        )
        .select_related("source", "target_locale")
        .first()
    )


@transaction.atomic
def store_basis(page, translation: Translation) -> TranslationBasis:
    """Keep the source text from which the translation just published was made."""
    draft = DraftBasis.objects.filter(revision_id=page.live_revision_id).first()
    known = TranslationBasis.objects.filter(page_id=page.pk).first()
    basis = known or TranslationBasis(page_id=page.pk)
    before = basis.segments if known else None
    _make_from(basis, draft, translation)
    if before != basis.segments:
        basis.outdated_since = None
    basis.source = _source_page(translation.source)
    # Of a page that was not public before, its publishing tells all.
    refresh(basis) if known else settle(basis)
    return basis


def _make_from(basis: TranslationBasis, draft: DraftBasis | None, translation) -> None:
    """A version that was written by hand, the translation stopped, stays with what was known."""
    if draft:
        basis.segments, basis.fallbacks = draft.segments, draft.fallbacks
    elif basis._state.adding or translation.enabled:
        basis.segments = snapshot_of(translation.source)
        basis.fallbacks = fallbacks_of(translation)


def snapshot_of(source: TranslationSource) -> Fingerprint:
    """The text that translators have of a source."""
    return fingerprint(source.as_instance())


def _source_page(source) -> Page | None:
    return Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).first()


def fallbacks_of(translation: Translation) -> Fingerprint:
    """What would stand in the source's language if the translation were published now."""
    missing = (
        StringSegment.objects.filter(source=translation.source)
        .annotate_translation(translation.target_locale)
        .filter(translation__isnull=True)
        .select_related("string", "context")
    )
    found: Fingerprint = {}
    for segment in missing:
        text = segment.string.data
        found.setdefault(segment.context.path, {})[text_hash(text)] = words(text)
    return found


def refresh(basis: TranslationBasis, source_now: Fingerprint | None = None) -> None:
    """Bring a translation's state up to date, and record it where the public state moved."""
    before = (basis.state, basis.outdated_since)
    settle(basis, source_now)
    if before != (basis.state, basis.outdated_since):
        Change.objects.record("state", basis.page)


def settle(basis: TranslationBasis, source_now: Fingerprint | None = None) -> None:
    """Derive and save a translation's state from its basis and the source as published."""
    derive(basis, source_now)
    basis.save()


def derive(basis: TranslationBasis, source_now: Fingerprint | None = None) -> None:
    """Set a translation's state from its basis and the source as published."""
    source = basis.source
    if source is None or not source.live:
        basis.state, basis.outdated_since = PublicState.ORIGINAL, None
        basis.open_segments = basis.open_words = 0
    else:
        _compute(basis, source, source_now or published_text(source))


def published_text(source: Page) -> Fingerprint:
    """The text of a public source page, as it was kept when it was published."""
    kept = SourceText.objects.filter(page_id=source.pk).first()
    return kept.segments if kept else fingerprint(source.specific)


def _compute(basis: TranslationBasis, source: Page, now: Fingerprint) -> None:
    difference = compare(basis.segments, now)
    still = {
        (path, key): count
        for path, texts in basis.fallbacks.items()
        for key, count in texts.items()
        if key in now.get(path, {})
    }
    basis.open_segments = difference.segments + len(still)
    basis.open_words = difference.words + sum(still.values())
    if difference.exists:
        basis.state = PublicState.OUTDATED
        basis.outdated_since = _since(basis, source)
    else:
        basis.state = PublicState.PARTIAL if still else PublicState.LIVE
        basis.outdated_since = None


def _since(basis: TranslationBasis, source: Page):
    """When the source was first published with another text than this one."""
    rows = list(SourcePublication.objects.filter(page_id=source.pk).values_list("text_hash", "at"))
    own = text_hash(basis.segments)
    known = [number for number, (text, _at) in enumerate(rows) if text == own]
    if known and known[-1] + 1 < len(rows):
        return rows[known[-1] + 1][1]
    return basis.outdated_since or source.last_published_at


def keep_source_text(page) -> Fingerprint | None:
    """Keep the text of a source page as it is published now; None and nothing where it is not."""
    if not page.live:
        SourceText.objects.filter(page_id=page.pk).delete()
        return None
    now = fingerprint(page.specific)
    count, number = size(now)
    facts = {"segments": now, "segment_count": count, "words": number}
    SourceText.objects.update_or_create(page_id=page.pk, defaults=facts)
    last = SourcePublication.objects.filter(page_id=page.pk).last()
    if last is None or last.text_hash != text_hash(now):
        SourcePublication.objects.create(
            page_id=page.pk, at=page.last_published_at, text_hash=text_hash(now)
        )
    return now


def source_changed(page) -> None:
    """Bring all translations of a source page up to date with it, and with what it says now."""
    settle_translations(page, keep_source_text(page))


def settle_translations(page, now: Fingerprint | None = None) -> None:
    """Bring all translations of a page up to date with it."""
    for basis in TranslationBasis.objects.of_work(page.translation_key):
        basis.source = page if basis.source_id == page.pk else basis.source
        refresh(basis, now)
