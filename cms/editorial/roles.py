"""The groups of DESIGN: who may do what, made in code so that they can be repaired."""

from django.contrib.auth.models import Group, Permission
from django.utils.text import slugify
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
)

from cms.editorial.rule import TRANSLATORS, groups_of_person, is_translation, outside_bin

EDITORS = "Editors"
PUBLISHERS = "Publishers"
LANGUAGE_REVIEWERS = "Language reviewers: "
PARTNER_EDITORS = "Partner editors: "

WRITE = ["add", "change"]
ON_PAGES = {
    EDITORS: [*WRITE, "lock"],
    PUBLISHERS: [*WRITE, "publish", "bulk_delete", "lock", "unlock"],
}
ON_FILES = ["add", "change", "choose"]
WITH_TEXTS = ["submit_translation", "add_editionfile"]
"""Beginning a translation, and uploading the file of an edition."""
ON_MODELS = {
    EDITORS: WITH_TEXTS,
    PUBLISHERS: [*WITH_TEXTS, "add_redirect", "change_redirect", "delete_redirect"],
}


def translators(language: str) -> str:
    """The name of the group that translates into a language."""
    return f"{TRANSLATORS}{language}"


def language_reviewers(language: str) -> str:
    """The name of the group that reviews translations into a language."""
    return f"{LANGUAGE_REVIEWERS}{language}"


def partner_editors(slug: str) -> str:
    """The name of the group that keeps the pages of one partner."""
    return f"{PARTNER_EDITORS}{slug}"


def sees_translations(user) -> bool:
    """Whether translations are part of somebody's role: those who begin, make or review them."""
    if user.has_perm("wagtail_localize.submit_translation"):
        return True
    prefixes = (TRANSLATORS, LANGUAGE_REVIEWERS)
    return any(name.startswith(prefixes) for name in groups_of_person(user).values())


def group(name: str) -> Group:
    """The group of that name with access to the admin; made when it is missing."""
    found, made = Group.objects.get_or_create(name=name)
    if made or not found.permissions.filter(codename="access_admin").exists():
        found.permissions.add(Permission.objects.get(codename="access_admin"))
    return found


def setup_roles() -> list[str]:
    """Make and repair the groups of every site and what each may do; says what it changed."""
    before = _rights()
    found = outside_bin(Page.objects.filter(depth=2))
    homes = {page.locale.language_code: page for page in found}
    for name, actions in ON_PAGES.items():
        _set_pages(group(name), dict.fromkeys(homes.values(), actions))
        _set_files(group(name), {Collection.get_first_root_node(): ON_FILES})
        _set_models(group(name), ON_MODELS.get(name, []))
    for language in Locale.objects.values_list("language_code", flat=True):
        home = homes.get(language)
        _set_pages(group(translators(language)), {home: ["change"]} if home else {})
        group(language_reviewers(language))
    for page in Page.objects.filter(depth__gt=2, locale=Locale.get_default()).specific():
        if getattr(page, "confirming_group", str)():
            let_partner_edit(page, repair=True)
    after = _rights()
    return [f"Given: {right}" for right in sorted(after - before)] + [
        f"Taken: {right}" for right in sorted(before - after)
    ]


def let_staff_edit(home: Page) -> None:
    """Give those who work in all locales, or in this one, their rights on a new home page."""
    rights = ON_PAGES | {translators(home.language): ["change"]}
    for name, actions in rights.items():
        _add_pages(group(name), home, actions)


def let_partner_edit(page: Page, repair: bool = False) -> None:
    """Give a partner's group its right on a source page of its own, and files of its own."""
    name = page.confirming_group()
    if not name or is_translation(page):
        return
    on_page = GroupPagePermission.objects.filter(
        page__in=page.get_ancestors(inclusive=True), group__name__startswith=PARTNER_EDITORS
    )
    holders = set(on_page.values_list("group__name", flat=True))
    if holders == {name} and not repair:
        return
    _rename(holders - {name}, name)
    on_page.filter(page=page).exclude(group__name=name).delete()
    if not on_page.filter(group__name=name).exists():
        _add_pages(group(name), page, WRITE)
    root = Collection.get_first_root_node()
    _set_files(group(name), {_collection(root, name): ON_FILES, root: ["choose"]})


def _rename(before: set[str], name: str) -> None:
    """A partner whose address changed keeps its group: every other partner has one already."""
    if len(before) == 1 and not Group.objects.filter(name=name).exists():
        Group.objects.filter(name=before.pop()).update(name=name)


def _collection(root: Collection, name: str) -> Collection:
    title = f"Partner: {slugify(name.removeprefix(PARTNER_EDITORS))}"
    return root.get_children().filter(name=title).first() or root.add_child(name=title)


def _page_permission(action: str) -> Permission:
    return Permission.objects.get(
        content_type__app_label="wagtailcore", content_type__model="page", codename=f"{action}_page"
    )


def _set_pages(holder: Group, wanted: dict[Page, list[str]]) -> None:
    """Give a group exactly these rights on these pages."""
    kept = [row.pk for page, actions in wanted.items() for row in _add_pages(holder, page, actions)]
    GroupPagePermission.objects.filter(group=holder).exclude(pk__in=kept).delete()


def _add_pages(holder: Group, page: Page, actions: list[str]) -> list[GroupPagePermission]:
    return [
        GroupPagePermission.objects.get_or_create(
            group=holder, page_id=page.pk, permission=_page_permission(action)
        )[0]
        for action in actions
    ]


def _set_files(holder: Group, wanted: dict[Collection, list[str]]) -> None:
    """Give a group exactly these rights on the images and documents of these collections."""
    kept = []
    for collection, actions in wanted.items():
        for model in ("image", "document"):
            for action in actions:
                permission = Permission.objects.get(
                    content_type__app_label="cms", codename=f"{action}_{model}"
                )
                right, _made = GroupCollectionPermission.objects.get_or_create(
                    group=holder, collection=collection, permission=permission
                )
                kept.append(right.pk)
    GroupCollectionPermission.objects.filter(group=holder).exclude(pk__in=kept).delete()


def _set_models(holder: Group, codenames: list[str]) -> None:
    wanted = Permission.objects.filter(codename__in=["access_admin", *codenames])
    if set(holder.permissions.all()) != set(wanted):
        holder.permissions.set(wanted)


def _rights() -> set[str]:
    """Every right of every group, as words."""
    pages = GroupPagePermission.objects.values_list(
        "group__name", "permission__codename", "page__url_path"
    )
    files = GroupCollectionPermission.objects.values_list(
        "group__name", "permission__codename", "collection__name"
    )
    models = Group.objects.filter(permissions__isnull=False).values_list(
        "name", "permissions__codename"
    )
    return {" · ".join(map(str, row)) for rows in (pages, files, models) for row in rows}
