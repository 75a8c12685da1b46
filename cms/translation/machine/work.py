"""What a machine would have to translate of a page, what that costs, and doing it."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail_localize.models import Translation
from wagtail_localize.strings import StringValue

from cms.editorial.rule import Refused
from cms.translation import strings
from cms.translation.access import page_to_change
from cms.translation.machine.services import Failed, ask, batches, service
from cms.translation.models import MachineRun, Suggestion
from cms.translation.models.machine import Fault
from cms.translation.segments import Segment, TranslatedTexts

MILLION = 1_000_000


@dataclass(frozen=True)
class Estimate:
    """What is to be sent: texts, each once, and their characters; `cost` in euros, if known."""

    service: str
    texts: int
    characters: int
    cost: Decimal | None


def open_texts(translation: Translation) -> dict[StringValue, list[Segment]]:
    """The texts that nobody and no machine has translated, with where each stands."""
    found: dict[StringValue, list[Segment]] = defaultdict(list)
    for segment in TranslatedTexts(translation).segments:
        if not segment.text and not segment.suggestion:
            found[StringValue(segment.source)].append(segment)
    return dict(found)


def estimate(translation: Translation) -> Estimate | None:
    """What it would cost to ask the service; None where the site has none for these languages."""
    translator = service()
    if translator is None or not translator.can_translate(
        translation.source.locale, translation.target_locale
    ):
        return None
    texts = open_texts(translation)
    characters = sum(len(string.data) for string in texts)
    price = settings.MACHINE_TRANSLATION_PRICE
    cost = (
        None if price is None else (Decimal(price) * characters / MILLION).quantize(Decimal("0.01"))
    )
    return Estimate(str(translator.display_name), len(texts), characters, cost)


@transaction.atomic
def begin(translation: Translation, user, expected: Estimate) -> MachineRun:
    """Have the open texts of a translation translated in the background; raises Refused."""
    known = MachineRun.objects.select_for_update().filter(translation=translation).first()
    if known and known.is_running:
        raise Refused(_("The machine is at work on this page already."))
    facts = {
        "user": user,
        "state": MachineRun.State.RUNNING,
        "fault": "",
        "asked": expected.texts,
        "answered": 0,
        "unusable": 0,
        "characters": expected.characters,
    }
    run, _made = MachineRun.objects.update_or_create(translation=translation, defaults=facts)
    translate_open_texts.enqueue(run.pk)
    return run


@task()
def translate_open_texts(run_id: int) -> None:
    """Ask the service for all open texts; each answer is kept as soon as it is there."""
    runs = MachineRun.objects.select_related("translation__source", "translation__target_locale")
    run = runs.filter(pk=run_id, state=MachineRun.State.RUNNING).first()
    translator = service()
    if run is None:
        return
    try:
        if translator is None:
            raise Failed(Fault.AWAY)
        texts = open_texts(run.translation)
        for batch in batches(texts):
            _translate(run, translator, batch, texts)
    except Failed as failed:
        run.state, run.fault = MachineRun.State.FAILED, failed.fault
    except ObjectDoesNotExist:
        run.state, run.fault = MachineRun.State.FAILED, Fault.CLOSED
    else:
        run.state = MachineRun.State.DONE
    run.save()


def _translate(run: MachineRun, translator, batch: list[StringValue], texts: dict) -> None:
    """Nobody waits for the service inside a transaction."""
    translation = run.translation
    answers = ask(translator, translation.source.locale, translation.target_locale, batch)
    with transaction.atomic():
        _refuse_if_closed(run)
        for string in batch:
            run.answered += 1
            kept = [
                _keep(run, segment, answers.get(string), translator) for segment in texts[string]
            ]
            run.unusable += 0 if all(kept) else 1
        run.save()


def _refuse_if_closed(run: MachineRun) -> None:
    try:
        if run.user is None:
            raise Failed(Fault.CLOSED)
        page_to_change(run.translation, run.user)
    except (Refused, PermissionDenied, Http404) as error:
        raise Failed(Fault.CLOSED) from error


def _keep(run: MachineRun, segment: Segment, text: str | None, translator) -> bool:
    """Keep a suggestion for a segment; whether the machine's text can stand there."""
    try:
        data = strings.clean(segment, text or "")
    except strings.BadText:
        return False
    Suggestion.objects.update_or_create(
        string_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=run.translation.target_locale_id,
        defaults={"text": data, "tool": str(translator.display_name)},
    )
    return True
