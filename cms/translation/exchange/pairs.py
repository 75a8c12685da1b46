"""The memory of a pair of locales, into a file and out of one."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation
from wagtail_localize.strings import StringValue

from cms.translation.access import locales_of
from cms.translation.exchange import tmx
from cms.translation.exchange.plan import Plan, Row, Verdict, primary
from cms.translation.exchange.tmx import Pair
from cms.translation.models import ImportedText
from cms.translation.strings import CONTROL, LONGEST

AT_ONCE = 500


def pairs_of(source: Locale, target: Locale) -> Iterator[Pair]:
    """What was translated from one locale into another, each pair of texts once."""
    made = StringTranslation.objects.filter(
        translation_of__locale=source, locale=target, has_error=False
    ).values_list("translation_of__data", "data")
    imported = ImportedText.objects.filter(string__locale=source, locale=target)
    every = made.union(imported.values_list("string__data", "text")).order_by("data")
    for text, translated in every.iterator(AT_ONCE):
        yield Pair(source.language_code, text, target.language_code, translated)


def plans_of(data: bytes, user) -> list[Plan]:
    """What a file would add to the memory, for each pair of locales; raises Unreadable."""
    every = {locale.language_code: locale for locale in Locale.objects.all()}
    own = {locale.language_code for locale in locales_of(user)}
    by_languages: dict[tuple[str, str], list[Pair]] = {}
    for pair in tmx.read(data):
        languages = _known(pair.language, every), _known(pair.target_language, every)
        by_languages.setdefault(languages, []).append(pair)
    return [
        _plan(every.get(source), every.get(target), pairs, may=target in own)
        for (source, target), pairs in by_languages.items()
    ]


def _known(language: str, every: dict) -> str:
    """The locale in which a language of a file is kept here, or the language."""
    exact = language.replace("_", "-").lower()
    return exact if exact in every else primary(language)


def _plan(source: Locale | None, target: Locale | None, pairs: list[Pair], may: bool) -> Plan:
    languages = f"{pairs[0].language} → {pairs[0].target_language}"
    plan = Plan(name=languages, title=_("Memory: %(languages)s") % {"languages": languages})
    if source is None or target is None or source == target:
        plan.refused = _("These are not two languages of this site.")
    elif not may:
        plan.refused = _("You do not work in this language.")
    else:
        plan.rows = _rows(source, target, pairs)
    return plan


def _rows(source: Locale, target: Locale, pairs: list[Pair]) -> list[Row]:
    known, imported = _known_texts(source, target, pairs)
    rows: dict[str, Row] = {}
    refused = []
    for pair in pairs:
        cleaned, reason = _clean(pair)
        if reason:
            refused.append(Row(Verdict.REFUSED, "", pair.source, after=pair.text, reason=reason))
            continue
        before = imported.get(cleaned.source, "")
        same = cleaned.text in known.get(cleaned.source, ())
        verdict = Verdict.SAME if same else Verdict.CHANGE
        about = (source, target, cleaned)
        rows[cleaned.source] = Row(verdict, "", cleaned.source, before, cleaned.text, about=about)
    order = list(Verdict)
    return sorted([*rows.values(), *refused], key=lambda row: order.index(row.verdict))


def _known_texts(source: Locale, target: Locale, pairs: list[Pair]):
    """({text: {its translations}}, {text: the one that was imported}); two queries for each 500."""
    known: dict[str, set[str]] = {}
    imported: dict[str, str] = {}
    hashes = [String._get_data_hash(pair.source) for pair in pairs]
    for start in range(0, len(hashes), AT_ONCE):
        strings = String.objects.filter(
            locale=source, data_hash__in=hashes[start : start + AT_ONCE]
        )
        made = StringTranslation.objects.filter(translation_of__in=strings, locale=target)
        for text, data in made.values_list("translation_of__data", "data"):
            known.setdefault(text, set()).add(data)
        others = ImportedText.objects.filter(string__in=strings, locale=target)
        imported |= dict(others.values_list("string__data", "text"))
    for text, data in imported.items():
        known.setdefault(text, set()).add(data)
    return known, imported


def _clean(pair: Pair) -> tuple[Pair, str]:
    """A pair as it may be kept, or why it may not."""
    texts = []
    for text in (pair.source, pair.text):
        if not text or CONTROL.search(text):
            return pair, _("The text is empty, or holds signs that are no text.")
        if len(text) > LONGEST or text.count("<") > LONGEST // 100:
            return pair, _("The text is too long, or holds too much markup.")
        try:
            texts.append(StringValue.from_translated_html(text).data)
        except ValueError as error:
            return pair, str(error)
    return Pair(pair.language, texts[0], pair.target_language, texts[1]), ""


@transaction.atomic
def carry_out(plans: list[Plan], user) -> int:
    """Add pairs to the memory, and how many that were. The last file's word counts."""
    wanted = [row.about for plan in plans for row in plan.changes]
    for source, target in {(source, target) for source, target, _pair in wanted}:
        _store(source, target, [p for s, t, p in wanted if (s, t) == (source, target)], user)
    return len(wanted)


def _store(source: Locale, target: Locale, pairs: list[Pair], user) -> None:
    by_hash = {String._get_data_hash(pair.source): pair for pair in pairs}
    String.objects.bulk_create(
        [String(locale=source, data=pair.source, data_hash=key) for key, pair in by_hash.items()],
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
    hashes = list(by_hash)
    for start in range(0, len(hashes), AT_ONCE):
        some = hashes[start : start + AT_ONCE]
        strings = list(String.objects.filter(locale=source, data_hash__in=some))
        ImportedText.objects.filter(string__in=strings, locale=target).delete()
        ImportedText.objects.bulk_create(
            ImportedText(
                string=string, locale=target, text=by_hash[string.data_hash].text, made_by=user
            )
            for string in strings
        )
