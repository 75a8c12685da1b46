"""Pages as items of the API: for a whole list at once, with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Model, prefetch_related_objects
from wagtail.images import get_image_model

from cms.api.kinds import Kind
from cms.models.links import path_of
from cms.models.locales import active_languages, language_of
from cms.models.visibility import public_pages
from cms.renditions import sizes
from cms.translation.models import PublicState

PAGE_FIELDS = (
    "pk",
    "content_type_id",
    "locale_id",
    "translation_key",
    "title",
    "slug",
    "url_path",
    "first_published_at",
    "last_published_at",
)
OWN_FIELDS = ("introduction", "image_id", "image_alt", "image_decorative")
BASIS = "translation_basis"


def row_of(page: Model, kind: Kind) -> dict:
    """One loaded page as the row that a list would have read."""
    return {name: getattr(page, name) for name in (*PAGE_FIELDS, *OWN_FIELDS, *kind.columns)}


def rows_with_own_fields(rows: list[dict], kinds: dict[int, Kind]) -> list[dict]:
    """The rows of pages of any type, each with the fields of its own type.

    One query for each kind that has fields of its own, and one for all the others.
    """
    ids: dict[Kind, list[int]] = defaultdict(list)
    for row in rows:
        ids[kinds[row["content_type_id"]]].append(row["pk"])
    queries = {
        kind: kind.model.objects.filter(pk__in=found).order_by().values("pk", *OWN_FIELDS)
        for kind, found in ids.items()
    }
    plain = [query for kind, query in queries.items() if not kind.columns]
    found = list(plain[0].union(*plain[1:])) if plain else []
    for kind, query in queries.items():
        if kind.columns:
            found += query.values("pk", *OWN_FIELDS, *kind.columns)
    own = {row["pk"]: row for row in found}
    return [row | own[row["pk"]] for row in rows if row["pk"] in own]


def items_of(rows: list[dict], kinds: dict[int, Kind], requested: str | None = None) -> list[dict]:
    """[{"id": 7, "type": "news.NewsPage", "locale": "de", ...}, ...] in the rows' order.

    `requested` is the locale that was asked for, None where each page itself was asked for.
    """
    works = _works(row["translation_key"] for row in rows)
    images = images_by_id(row["image_id"] for row in rows)
    extras = _extras(rows, kinds)
    return [
        _item(row, kinds[row["content_type_id"]], works, requested)
        | {"image": _image(row, images)}
        | extras.get(row["pk"], {})
        for row in rows
    ]


def _extras(rows: list[dict], kinds: dict[int, Kind]) -> dict[int, dict]:
    """What kinds add in queries of their own; each asker once, with all the rows it is for."""
    asked = defaultdict(list)
    for row in rows:
        kind = kinds[row["content_type_id"]]
        if kind.extras:
            asked[kind.extras].append(row)
    found: dict[int, dict] = {}
    for extras, own in asked.items():
        found |= extras(own)
    return found


def _works(keys: Iterable) -> dict:
    """{translation_key: {"de": {"pk": 7, "url_path": ..., "translation_basis__state": ...}}}"""
    rows = public_pages().filter(translation_key__in=set(keys))
    fields = ("pk", "translation_key", "locale_id", "url_path")
    works: dict = defaultdict(dict)
    for row in rows.values(*fields, f"{BASIS}__state", f"{BASIS}__outdated_since"):
        works[row["translation_key"]][language_of(row["locale_id"])] = row
    return works


def page_url(url_path: str, language: str) -> str:
    """The absolute address of a page on the site."""
    return settings.SITE_URL + path_of(url_path, language)


def api_url(page_id: int) -> str:
    """The absolute address of a page in this API."""
    return f"{settings.SITE_URL}/api/v1/pages/{page_id}"


def _item(row: dict, kind: Kind, works: dict, requested: str | None) -> dict:
    language = language_of(row["locale_id"])
    work = works[row["translation_key"]]
    own = work.get(language, {})
    facts = {name: row[name] for name in ("title", "slug", "introduction", *kind.columns)}
    return facts | {
        "id": row["pk"],
        "type": kind.label,
        "locale": language,
        "state": own.get(f"{BASIS}__state") or PublicState.ORIGINAL,
        "outdated_since": own.get(f"{BASIS}__outdated_since"),
        "url": page_url(row["url_path"], language),
        "api_url": api_url(row["pk"]),
        "first_published_at": row["first_published_at"],
        "last_published_at": row["last_published_at"],
        "requested_locale": requested or language,
        "served_locale": language,
        "is_fallback": bool(requested) and requested != language,
        "translations": [
            _translation(code, work.get(code)) for code in active_languages() if code != language
        ],
    }


def _translation(language: str, row: dict | None) -> dict:
    if row is None:
        facts = {"state": PublicState.MISSING, "url": None, "api_url": None}
        return {"locale": language, "outdated_since": None} | facts
    return {
        "locale": language,
        "state": row[f"{BASIS}__state"] or PublicState.ORIGINAL,
        "url": page_url(row["url_path"], language),
        "api_url": api_url(row["pk"]),
        "outdated_since": row[f"{BASIS}__outdated_since"],
    }


def images_by_id(ids: Iterable[int | None]) -> dict:
    """{id: image} with the renditions of all of them, in two queries."""
    wanted = {pk for pk in ids if pk}
    images = get_image_model().objects.in_bulk(wanted) if wanted else {}
    prefetch_related_objects(list(images.values()), "renditions")
    return images


def _image(row: dict, images: dict) -> dict | None:
    """{"alt": "...", "credit": "...", "sizes": {...}}, None without an image that can be shown."""
    image = images.get(row["image_id"])
    if image is None or not sizes(image):
        return None
    alt = "" if row["image_decorative"] else row["image_alt"]
    return {"alt": alt, "credit": image.credit, "sizes": sizes(image)}
