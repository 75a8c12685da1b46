"""Files of texts by their kind: which there are, how each is named, and what came back in one."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from types import ModuleType

from django.core.exceptions import ObjectDoesNotExist
from django.utils import translation as languages
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from cms.translation.exchange import po, xliff
from cms.translation.exchange.archive import unpacked
from cms.translation.exchange.outgoing import gather
from cms.translation.exchange.plan import Plan, make_plan
from cms.translation.exchange.reading import Unreadable

KINDS: dict[str, ModuleType] = {"po": po, "xliff": xliff}
BY_EXTENSION: dict[str, ModuleType] = {"po": po, "xlf": xliff, "xliff": xliff}
ARCHIVE = "zip"


def extension(name: str) -> str:
    """ "xlf" of "about-de.XLF"."""
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def file_of(translation: Translation, kind: str, only_open: bool) -> tuple[str, bytes]:
    """The name and the content of a translation's file; raises ObjectDoesNotExist."""
    format = KINDS[kind]
    outgoing = gather(translation, only_open)
    return f"{outgoing.slug}-{outgoing.language}.{format.EXTENSION}", format.write(outgoing)


def files_of(
    translations: Iterable[Translation], kind: str, only_open: bool
) -> Iterator[tuple[str, bytes]]:
    """A file for each translation, in the language in which this is called."""
    language = languages.get_language()
    for translation in translations:
        with languages.override(language):
            try:
                name, data = file_of(translation, kind, only_open)
            except ObjectDoesNotExist:
                continue
        yield f"{translation.pk}-{name}", data


def plans_of(name: str, data: bytes, user, only: Translation | None = None) -> list[Plan]:
    """What an upload would change, for each translation in it; raises Unreadable.

    Of an archive, a file that cannot be read is a plan that is refused.
    """
    if extension(name) != ARCHIVE:
        return _plans(name, data, user, only)
    found: list[Plan] = []
    for inner, content in unpacked(data):
        try:
            found += _plans(inner, content, user, only)
        except Unreadable as error:
            found.append(Plan(inner, refused=str(error)))
    return _each_once(found)


def _plans(name: str, data: bytes, user, only: Translation | None) -> list[Plan]:
    format = BY_EXTENSION.get(extension(name))
    if format is None:
        words = _("“%(name)s” is not known here: send PO (.po), XLIFF (.xlf) or a .zip of them.")
        raise Unreadable(words % {"name": name[:100]})
    return _each_once([make_plan(one, user, name, only) for one in format.read(data)])


def _each_once(plans: list[Plan]) -> list[Plan]:
    """The second file of a translation would be compared with what stood there before the first."""
    seen: set[int] = set()
    for plan in plans:
        if plan.translation and plan.translation.pk in seen:
            plan.refused = _("Another file of this upload is of the same translation.")
        elif plan.translation:
            seen.add(plan.translation.pk)
    return plans
