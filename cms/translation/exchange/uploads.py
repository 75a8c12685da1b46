"""A file that waits for its confirmation: what it would change now, and changing it."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from cms.translation.exchange import files, pairs, plan, terms, tmx
from cms.translation.exchange.archive import LARGEST
from cms.translation.exchange.plan import Plan
from cms.translation.exchange.reading import Unreadable
from cms.translation.models import Upload

LONGEST_NAME = 200

PLAN: dict[str, Callable] = {
    Upload.Kind.TEXTS: lambda upload: files.plans_of(
        upload.name, bytes(upload.data), upload.user, upload.only
    ),
    Upload.Kind.MEMORY: lambda upload: pairs.plans_of(bytes(upload.data), upload.user),
    Upload.Kind.GLOSSARY: lambda upload: terms.plans_of(bytes(upload.data), upload.user),
}
CARRY_OUT: dict[str, Callable] = {
    Upload.Kind.TEXTS: plan.carry_out,
    Upload.Kind.MEMORY: pairs.carry_out,
    Upload.Kind.GLOSSARY: terms.carry_out,
}


KINDS = {tmx.EXTENSION: Upload.Kind.MEMORY, terms.EXTENSION: Upload.Kind.GLOSSARY}
"""What a file is by the ending of its name; texts where it has another one."""


def kind_of(name: str) -> str:
    return KINDS.get(files.extension(name), Upload.Kind.TEXTS)


def keep(file, user, kind: str = "", only=None) -> tuple[Upload, list[Plan]]:
    """Keep a file that somebody has sent, and what it would change; raises Unreadable."""
    if file is None:
        raise Unreadable(_("Choose a file first."))
    if file.size > LARGEST:
        raise Unreadable(_("The file is larger than %(limit)s MB.") % {"limit": LARGEST >> 20})
    upload = Upload(
        user=user,
        kind=kind or kind_of(file.name),
        name=file.name[-LONGEST_NAME:],
        data=file.read(),
        only=only,
    )
    found = plans_of(upload)
    if len(found) == 1 and found[0].refused:
        raise Unreadable(found[0].refused)
    Upload.objects.forget_old()
    upload.save()
    return upload, found


def plans_of(upload: Upload) -> list[Plan]:
    """What a file would change as things stand now; raises Unreadable."""
    return PLAN[upload.kind](upload)


@transaction.atomic
def confirm(upload: Upload, plans: list[Plan], with_outdated: bool = False) -> int:
    """Change what the plans say, and how many entries that were; the file is then forgotten.

    `with_outdated`: also of files whose source has changed, as far as their texts have not.
    """
    wanted = [one for one in plans if not one.refused and (with_outdated or not one.is_outdated)]
    count = CARRY_OUT[upload.kind](wanted, upload.user)
    upload.delete()
    return count
