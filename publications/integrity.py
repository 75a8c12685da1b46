"""What must hold of editions: stored files, and a ledger that has what the pages offer."""

from functools import partial

from cms.editorial.integrity.files import files_of
from cms.editorial.integrity.registry import NotMended, Violation, check
from cms.translation.state import translation_of
from publications.models import Edition, EditionFile, EditionRelease, PublicationPage
from publications.releases import release_editions


@check("file.missing", "file.stray", "file.storage", order=91)
def edition_files():
    yield from files_of(EditionFile, "editions")


@check("edition.release", order=92)
def releases():
    """What a live publication offers is what the ledger has as current."""
    current: dict = {}
    for row in EditionRelease.objects.current().defer("file__text"):
        current.setdefault(row.work, set()).add((row.language, row.variant, row.file_id))
    offered: dict = {}
    for page_id, *row in Edition.objects.values_list("page_id", "language", "variant", "file_id"):
        offered.setdefault(page_id, set()).add(tuple(row))
    for page in PublicationPage.objects.live():
        moved = offered.get(page.pk, set()) != current.get(page.translation_key, set())
        if moved and translation_of(page) is None:
            message = f"The ledger has other editions of “{page.title}” than the page offers."
            yield Violation("edition.release", f"page {page.pk}", message, partial(_release, page))


def _release(page: PublicationPage) -> str:
    page = PublicationPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if not page.live:
        raise NotMended("the page was taken down meanwhile")
    try:
        made = release_editions(page)
    except ValueError as error:
        raise NotMended(str(error)) from error
    return f"{len(made)} editions are released"
