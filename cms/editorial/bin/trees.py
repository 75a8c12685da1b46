"""Which pages go with a page that is deleted, and how a page is carried into the bin and back."""

from treebeard.mp_tree import MP_MoveHandler
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.editorial.rule import outside_bin


def trees_of(page) -> list[Page]:
    """The page and the translations of it and of what is below, none of them inside another.

    A source page takes its translations along wherever they stand; a translation goes alone.
    """
    found, known = [], set()
    waiting = [Page.objects.get(pk=page.pk)]
    while waiting:
        tree = waiting.pop(0)
        if tree.pk not in known:
            below = Page.objects.descendant_of(tree, inclusive=True)
            found.append(tree)
            known |= set(below.values_list("pk", flat=True))
            waiting += [made for made in translations_of(below) if made.pk not in known]
    return [tree for tree in found if not any(tree.is_descendant_of(other) for other in found)]


def translations_of(pages) -> list[Page]:
    """The pages that wagtail-localize makes from these, those above others first."""
    sources = set(pages.values_list("translation_key", "locale_id"))
    keys = {key for key, _locale in sources}
    records = Translation.objects.filter(source__object_id__in=keys).values_list(
        "source__object_id", "source__locale_id", "target_locale_id"
    )
    made = {(key, target) for key, source, target in records if (key, source) in sources}
    others = outside_bin(Page.objects.filter(translation_key__in={key for key, _target in made}))
    return [p for p in others.order_by("path") if (p.translation_key, p.locale_id) in made]


def ids_of(trees) -> list[int]:
    """The ids of all pages in these trees."""
    found: list[int] = []
    for tree in trees:
        found += Page.objects.descendant_of(tree, inclusive=True).values_list("pk", flat=True)
    return found


def carry(page, target, position: str = "last-child") -> Page:
    """Move a page where Wagtail's own move would tell the public and the log; the page there."""
    page, target = (Page.objects.get(pk=each.pk) for each in (page, target))
    MP_MoveHandler(page, target, position).process()
    moved = Page.objects.get(pk=page.pk)
    before = moved.url_path
    after = moved.set_url_path(moved.get_parent())
    moved.save(update_fields=["url_path"], clean=False)
    moved._update_descendant_url_paths(before, after)
    return moved
