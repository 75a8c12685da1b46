"""Whether the translations of a page go along with what happens to it, as they do by default."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from cms.models.locales import names_of

_stay: ContextVar[bool] = ContextVar("translations_stay", default=False)


@contextmanager
def keeping_translations(keep: bool = True) -> Iterator[None]:
    """Leave translations where and as they are, whatever happens to their sources meanwhile."""
    token = _stay.set(keep)
    try:
        yield
    finally:
        _stay.reset(token)


def translations_stay() -> bool:
    """Whether somebody has decided that the translations do not go along."""
    return _stay.get()


def has_unticked(request) -> bool:
    """Whether somebody was asked about the translations in a form, and has taken the tick away."""
    return "translations_asked" in request.POST and "translations" not in request.POST


def as_ticked(request):
    """A context in which the translations do what somebody has chosen in a form."""
    return keeping_translations(has_unticked(request))


def languages_of(pages) -> str:
    """The languages of pages: 'Deutsch, eesti'."""
    return names_of(page.locale_id for page in pages)
