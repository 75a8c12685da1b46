"""The page tree: places, numbers of children, addresses, locales."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from cms.changes.models import Change
from cms.editorial.integrity.registry import NotMended, Violation, check
from cms.editorial.rule import in_bin

STEP = Page.steplen
LETTERS = set(Page.alphabet)
HOME_DEPTH = 2
CONTAINER_DEPTH = 3


@dataclass(frozen=True)
class Place:
    """A page as the tree knows it."""

    pk: int
    path: str
    depth: int
    numchild: int
    url_path: str
    slug: str
    title: str
    locale_id: int

    @property
    def subject(self) -> str:
        return f"page {self.pk}"

    @property
    def true_depth(self) -> int:
        return len(self.path) // STEP

    @property
    def is_whole(self) -> bool:
        return len(self.path) % STEP == 0 and set(self.path) <= LETTERS


def places() -> list[Place]:
    """All pages, each behind the one above it."""
    names = Place.__dataclass_fields__
    return [Place(*row) for row in Page.objects.order_by("path").values_list(*names)]


def whole_places() -> dict[str, Place]:
    """{path: Place} of the pages whose path is well formed."""
    return {place.path: place for place in places() if place.is_whole}


@check("tree.path", order=10)
def paths():
    """Named only: nobody but a person knows where such a page belongs."""
    for place in places():
        if not place.is_whole:
            message = f"“{place.title}” has the path {place.path!r}, which is none."
            yield Violation("tree.path", place.subject, message)


@check("tree.orphan", order=11)
def orphans():
    by_path = whole_places()
    for place in by_path.values():
        if place.true_depth > 1 and place.path[:-STEP] not in by_path:
            message = f"There is no page above “{place.title}” ({place.path})."
            yield Violation("tree.orphan", place.subject, message)


@check("tree.depth", order=12)
def depths():
    for place in whole_places().values():
        if place.depth != place.true_depth:
            message = f"“{place.title}” has depth {place.depth} instead of {place.true_depth}."
            repair = partial(_set, place, depth=place.true_depth)
            yield Violation("tree.depth", place.subject, message, repair)


def _set(place: Place, **values) -> str:
    if not Page.objects.filter(pk=place.pk, path=place.path).update(**values):
        raise NotMended("the page was moved meanwhile")
    told = ", ".join(f"{name} = {value}" for name, value in values.items())
    return f"set {told}"


@check("tree.numchild", order=13)
def numbers_of_children():
    by_path = whole_places()
    counted = Counter(path[:-STEP] for path in by_path)
    for place in by_path.values():
        if place.numchild != counted[place.path]:
            message = f"“{place.title}” counts {place.numchild} children and has "
            message += f"{counted[place.path]}."
            yield Violation("tree.numchild", place.subject, message, partial(_count, place))


def _count(place: Place) -> str:
    """While nobody else changes the tree, as every repair."""
    below = Page.objects.filter(path__startswith=place.path).values_list("path", flat=True)
    number = sum(len(path) == len(place.path) + STEP for path in below)
    return _set(place, numchild=number)


@check("tree.url_path", order=14)
def url_paths():
    """Compared with what the slugs make of it, so that only the wrong page itself is named."""
    expected: dict[str, str] = {}
    for path, place in whole_places().items():
        above = expected.get(path[:-STEP]) if place.true_depth > 1 else ""
        if above is None:
            continue
        expected[path] = f"{above}{place.slug}/" if place.true_depth > 1 else "/"
        if place.url_path != expected[path]:
            message = f"“{place.title}” stands at {place.url_path} instead of {expected[path]}."
            repair = partial(_set_url_path, place, expected[path])
            yield Violation("tree.url_path", place.subject, message, repair)


def _set_url_path(place: Place, url_path: str) -> str:
    said = _set(place, url_path=url_path)
    page = Page.objects.get(pk=place.pk)
    if page.live:
        Change.objects.record("moved", page)
    return said


@check("tree.slug", order=15)
def slugs_of_siblings():
    """Named only: a person decides which of the two keeps its address."""
    taken: dict[tuple[str, str], Place] = {}
    for path, place in whole_places().items():
        first = taken.setdefault((path[:-STEP], place.slug), place)
        if first is not place:
            message = f"“{place.title}” has the slug “{place.slug}” of page {first.pk} beside it."
            yield Violation("tree.slug", place.subject, message)


@check("tree.locale", order=16)
def locales():
    """The bin holds pages of all locales, each in a container of its own."""
    by_path = whole_places()
    for path, place in by_path.items():
        above = by_path.get(path[:-STEP])
        if above is None or above.true_depth < HOME_DEPTH or is_container(above):
            continue
        if place.locale_id != above.locale_id:
            message = f"“{place.title}” is in another locale than page {above.pk} above it."
            yield Violation("tree.locale", place.subject, message)


def is_container(place: Place) -> bool:
    """Whether it is the bin, or one of the places in it that hold a deleted page."""
    return in_bin(place) and place.true_depth <= CONTAINER_DEPTH


@check("tree.type", order=17)
def types():
    """A page whose own row is gone, or whose type is: it can neither be shown nor edited."""
    rows = Page.objects.filter(depth__gt=1).values_list("pk", "title", "content_type_id")
    known = {pk: _pages_of(pk) for pk in {row[2] for row in rows}}
    for pk, title, type_id in rows:
        if pk not in known[type_id]:
            message = f"“{title}” has no text: the row of its type is missing."
            yield Violation("tree.type", f"page {pk}", message)


def _pages_of(type_id: int) -> set[int]:
    kind = ContentType.objects.get_for_id(type_id)
    try:
        model = apps.get_model(kind.app_label, kind.model)
    except LookupError:
        return set()
    return set(model._base_manager.values_list("pk", flat=True))
