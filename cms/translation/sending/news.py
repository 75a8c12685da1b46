"""Telling translators that there is work for them."""

from collections.abc import Iterable

from cms.translation.models import Assignment


def tell_translators(assignments: Iterable[Assignment]) -> None:
    """Nobody is told yet."""
