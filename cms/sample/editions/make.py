"""Makes each sample edition and its cover from `texts/<language>.toml` and `edition.typ`."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

FOLDER = Path(__file__).parent
FONTS = FOLDER.parent / "fonts"
FONT_FILES = ("SourceSans3-Regular.otf", "SourceSans3-Bold.otf")
# Written into every file, so that the same words give the same bytes on every day.
MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)
COVER_WIDTH = 600
# Millimetres, as `edition.typ` sets them.
PAGE_WIDTH = 148.0
PAGE_WIDTHS = {"pocket": 106.56}


class EditionError(Exception):
    """A sample edition cannot be made; the message names what is missing or unknown."""


@dataclass(frozen=True)
class EditionText:
    """What the cover of one edition says; `year` is None where it is not known."""

    publication: str
    language: str
    variant: str
    title: str
    subtitle: str
    year: int | None

    @property
    def key(self) -> str:
        """`practicing-user-involvement/pocket`, or the publication alone without a variant."""
        return f"{self.publication}/{self.variant}" if self.variant else self.publication


def make_pdf(publication: str, language: str, variant: str = "") -> bytes:
    """The bytes of one sample edition: a tagged PDF (PDF/UA-1), same bytes at every call.

    Raises EditionError for an edition that is not known and for a missing font.
    """
    edition = edition_text(publication, language, variant)
    return _compile(edition, format="pdf", pdf_standards=["ua-1"], timestamp=MADE_AT)


def make_cover(publication: str, language: str, variant: str = "") -> bytes:
    """The first page of that edition as PNG, COVER_WIDTH pixels wide; raises as make_pdf."""
    edition = edition_text(publication, language, variant)
    inches = PAGE_WIDTHS.get(variant, PAGE_WIDTH) / 25.4
    return _compile(edition, cover="yes", format="png", ppi=COVER_WIDTH / inches)


def edition_text(publication: str, language: str, variant: str = "") -> EditionText:
    """The words on the cover of one edition; raises EditionError if there is none like it."""
    key = f"{publication}/{variant}" if variant else publication
    found = _words(language)["editions"].get(key)
    if found is None:
        raise EditionError(f"There is no sample text of “{key}” in the language “{language}”.")
    return EditionText(
        publication=publication,
        language=language,
        variant=variant,
        title=" ".join(found.get("name", found["title"]).split()),
        subtitle=found.get("subtitle", ""),
        year=found.get("year"),
    )


def known_editions() -> list[tuple[str, str, str]]:
    """[("flyer", "de", ""), ("practicing-user-involvement", "en", "pocket"), ...], sorted."""
    return sorted(
        (publication, path.stem, variant)
        for path in (FOLDER / "texts").glob("*.toml")
        for publication, _, variant in (key.partition("/") for key in _words(path.stem)["editions"])
    )


@cache
def _words(language: str) -> dict:
    path = FOLDER / "texts" / f"{language}.toml"
    if not language.isalpha() or not path.is_file():
        raise EditionError(f"There are no sample texts in the language “{language}”.")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise EditionError(f"{path.name} cannot be read: {error}") from error


def fonts() -> typst.Fonts:
    """Our own font files and no others, so that an edition looks the same on every machine.

    Raises EditionError naming a file that is missing or cannot be read.
    """
    for name in FONT_FILES:
        if not (FONTS / name).is_file():
            raise EditionError(f"The font {name} is missing in {FONTS.name}/.")
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    readable = {Path(font.path).name for font in found.fonts() if font.path}
    for name in FONT_FILES:
        if name not in readable:
            raise EditionError(f"The font {name} in {FONTS.name}/ cannot be read.")
    return found


def _compile(edition: EditionText, cover: str = "", **options) -> bytes:
    try:
        made = typst.compile(
            FOLDER / "edition.typ",
            root=FOLDER,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"language": edition.language, "edition": edition.key, "cover": cover},
            **options,
        )
    except typst.TypstError as error:
        raise EditionError(f"{edition.key} in {edition.language}: {error.message}") from error
    if not isinstance(made, bytes):
        raise EditionError(f"{edition.key} in {edition.language}: more than one file was made.")
    return made
