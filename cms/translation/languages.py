"""What a locale needs before anybody can work in it: a home page to translate, groups, a review."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Locale, Page, Workflow
from wagtail_localize.models import Translation, TranslationSource

from cms.editorial import roles, workflows
from cms.editorial.rule import outside_bin
from cms.models.tree import lock_tree

HOME_DEPTH = 2


@receiver(post_save, sender=Locale)
def locale_saved(instance, raw=False, **kwargs):
    """Whoever switches a language on, and however: once the site is set up, it can be worked in."""
    if not raw and Workflow.objects.filter(name=workflows.TRANSLATION_REVIEW).exists():
        prepare(instance)


@transaction.atomic
def prepare(locale: Locale) -> list[str]:
    """Give a locale its groups, and its home page as a draft to translate; says what it made."""
    lock_tree()
    said: list[str] = []
    code = locale.language_code
    for name in (roles.translators(code), roles.language_reviewers(code)):
        if not Group.objects.filter(name=name).exists():
            said.append(f"Group {name} made.")
        roles.group(name)
    home = _home(locale) or _begin(locale, said)
    if home and locale != Locale.get_default():
        roles.let_staff_edit(home)
        workflows.assign(home, workflows.TRANSLATION_REVIEW, said)
    return said


def _home(locale: Locale) -> Page | None:
    found = outside_bin(Page.objects.filter(depth=HOME_DEPTH, locale=locale)).first()
    return found and found.specific


def _begin(locale: Locale, said: list[str]) -> Page | None:
    """Send the home page to the translators of a locale; None where there is none to send."""
    home = _home(Locale.get_default())
    if home is None or not home.live:
        return None
    if home.has_translation(locale):
        said.append("The home page is in the bin: restore it.")
        return None
    source, _made = TranslationSource.update_or_create_from_instance(home)
    page = source.as_instance().copy_for_translation(locale)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
    if not translation.enabled:
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    said.append(f"{page.url_path}: the home page waits as a draft for its translators.")
    return page
