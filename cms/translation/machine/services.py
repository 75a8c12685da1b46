"""Wagtail-localize's translators, asked so that a failing service is told from a working one."""

import time
from collections.abc import Iterable, Iterator

import requests
from django.conf import settings
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.strings import StringValue

from cms.translation.models.machine import Fault

TEXTS = 40
CHARACTERS = 10_000
"""What goes into one request; DeepL takes 50 texts and 128 kB at once."""
TRIES = 3
LONGEST_PAUSE = 30
PASSING = {408, 425, 429, 500, 502, 503, 504, 529}
"""Answers after which the same request may succeed a little later."""
FAULTS = {401: Fault.KEY, 403: Fault.KEY, 429: Fault.BUSY, 456: Fault.QUOTA}
"""456: the quota is used up (DeepL API, "Error handling")."""


class Failed(Exception):
    """A service did not translate; `fault` says why."""

    def __init__(self, fault: Fault):
        super().__init__(fault.label)
        self.fault = fault


class DeepL(DeepLTranslator):
    """DeepL, with an error where it did not translate; the endpoint may be another one."""

    def get_api_endpoint(self):
        return self.options.get("URL") or super().get_api_endpoint()

    def translate(self, source_locale, target_locale, strings):
        response = requests.post(
            self.get_api_endpoint(),
            self.get_parameters(source_locale, target_locale, strings),
            timeout=int(self.options.get("TIMEOUT", 30)),
            headers=self.get_headers(),
        )
        response.raise_for_status()
        answers = response.json()["translations"]
        return {
            string: StringValue(answer["text"])
            for string, answer in zip(strings, answers, strict=True)
        }


def service() -> BaseMachineTranslator | None:
    """The service that the site uses; None where it has none."""
    return get_machine_translator()


def batches(strings: Iterable[StringValue]) -> Iterator[list[StringValue]]:
    """Texts in portions that a service takes at once."""
    batch: list[StringValue] = []
    size = 0
    for string in strings:
        if batch and (len(batch) == TEXTS or size + len(string.data) > CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(string)
        size += len(string.data)
    if batch:
        yield batch


def ask(translator, source, target, batch: list[StringValue]) -> dict[StringValue, str]:
    """The translations of a batch, asked for several times if need be; raises Failed."""
    for attempt in range(1, TRIES + 1):
        try:
            return _answers(translator.translate(source, target, batch), batch)
        except requests.HTTPError as error:
            answer = error.response
            status = answer.status_code if answer is not None else 0
            if status not in PASSING or attempt == TRIES:
                raise Failed(FAULTS.get(status, Fault.AWAY)) from error
            _pause(attempt, answer.headers.get("Retry-After", "") if answer is not None else "")
        except requests.JSONDecodeError as error:
            raise Failed(Fault.ANSWER) from error
        except requests.RequestException as error:
            if attempt == TRIES:
                raise Failed(Fault.AWAY) from error
            _pause(attempt)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Failed(Fault.ANSWER) from error
    raise Failed(Fault.AWAY)


def _answers(answers: dict, batch: list[StringValue]) -> dict[StringValue, str]:
    found = {string: answers[string].data for string in batch if answers.get(string)}
    if not all(isinstance(text, str) for text in found.values()):
        raise TypeError("A translation is a text.")
    return found


def _pause(attempt: int, wanted: str = "") -> None:
    """Wait longer each time, or as long as the service asks for."""
    seconds = int(wanted) if wanted.isdecimal() else 2**attempt
    time.sleep(min(seconds, LONGEST_PAUSE) * settings.MACHINE_TRANSLATION_PATIENCE)
