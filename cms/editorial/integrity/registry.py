"""What must hold at any time: checks that name each violation, and repairs that lose nothing.

Each part of the system registers its own checks with `@check`; `manage.py check_integrity` runs
them in their order, so that a later one sees what an earlier one has mended.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from cms.editorial.rule import Refused
from cms.models.tree import lock_tree


class NotMended(Exception):
    """A repair that would lose something, or that no longer fits; says why."""


@dataclass(frozen=True)
class Violation:
    """One thing that is not as it must be.

    Violation("tree.depth", "page 12", "“News” has depth 9 instead of 3.", repair)
    """

    kind: str
    subject: str
    message: str
    repair: Callable[[], str] | None = field(default=None, compare=False)
    """Mends it and says what was done, in a transaction of its own; None: people must decide."""

    @property
    def fixable(self) -> bool:
        return self.repair is not None

    def __str__(self):
        return f"{self.kind}: {self.subject}: {self.message}"


@dataclass(frozen=True)
class Check:
    name: str
    kinds: tuple[str, ...]
    order: int
    find: Callable[[], Iterator[Violation]]


_checks: list[Check] = []

REFUSALS = (NotMended, ValidationError, PermissionDenied, Refused, DatabaseError)
"""What a repair may raise; everything else is a fault of ours."""


def check(*kinds: str, order: int):
    """Register a function that yields the violations of these kinds; low orders run first."""

    def register(find):
        _checks.append(Check(find.__name__.replace("_", " "), kinds, order, find))
        return find

    return register


def checks() -> list[Check]:
    """All checks in the order in which they run."""
    return sorted(_checks, key=lambda found: found.order)


def kinds() -> set[str]:
    """Every kind of violation that some check names."""
    return {kind for found in _checks for kind in found.kinds}


def find_violations() -> list[Violation]:
    """All violations there are now."""
    return [violation for found in checks() for violation in found.find()]


def mend(violation: Violation) -> str:
    """Repair one violation wholly or not at all; what was done. Raises NotMended with a reason."""
    if violation.repair is None:
        raise NotMended("people must decide")
    try:
        with transaction.atomic():
            lock_tree()
            return violation.repair()
    except REFUSALS as error:
        raise NotMended(str(error)) from error
