"""The groups of DESIGN: who may do what, made in code so that they can be made again."""

from django.contrib.auth.models import Group, Permission

EDITORS = "Editors"
PUBLISHERS = "Publishers"


def translators(language: str) -> str:
    """The name of the group that translates into a language."""
    return f"Translators: {language}"


def language_reviewers(language: str) -> str:
    """The name of the group that reviews translations into a language."""
    return f"Language reviewers: {language}"


def partner_editors(slug: str) -> str:
    """The name of the group that keeps the pages of one partner."""
    return f"Partner editors: {slug}"


def group(name: str) -> Group:
    """The group of that name with access to the admin; made when it is missing."""
    found, _ = Group.objects.get_or_create(name=name)
    found.permissions.add(Permission.objects.get(codename="access_admin"))
    return found


def setup_roles(languages) -> None:
    """Make the groups that every site has, one pair for each language that is translated into."""
    for name in (EDITORS, PUBLISHERS):
        group(name)
    for language in languages:
        group(translators(language))
        group(language_reviewers(language))
