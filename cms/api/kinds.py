"""The page types that the API tells of; each room names its own, the roof puts them together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from cms.api.shapes import Item
from cms.models import BasePage

Extras = Callable[[list[dict]], dict[int, dict]]


@dataclass(frozen=True)
class Kind:
    """One page type in the API.

    `columns` are fields of the type that its items carry as they are; `extras` gets the rows of
    a list and answers {page id: {more fields}} with a fixed number of queries.
    """

    model: type[BasePage]
    item: type[Item]
    detail: type[Item]
    columns: tuple[str, ...] = ()
    extras: Extras | None = None

    @property
    def label(self) -> str:
        """'news.NewsPage': the `type` of its items."""
        return self.model._meta.label


class Kinds:
    """All kinds of the API, found by the content type of a page."""

    def __init__(self, kinds: Iterable[Kind]):
        self.all = list(kinds)

    def by_content_type(self) -> dict[int, Kind]:
        """{42: Kind(NewsPage, ...)}; one query in the life of a process."""
        types = ContentType.objects.get_for_models(*(kind.model for kind in self.all))
        return {types[kind.model].pk: kind for kind in self.all}

    def labels(self) -> tuple[str, ...]:
        return tuple(kind.label for kind in self.all)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that all of these kinds have in common: those of the first."""
        return self.all[0].columns
