"""Switches a language on, so that translators can begin; may be run again at any time."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Locale, Workflow

from cms.delivery.messages import report
from cms.editorial import roles, workflows
from cms.models.locales import forget_locales
from cms.translation.languages import prepare
from home.models import HomePage

MADE = (
    "Locale %(language)s made, with the groups Translators: %(language)s and Language reviewers: "
    "%(language)s, its review, and a draft of its home page."
)


class Command(BaseCommand):
    help = "Add a locale with home page, groups, workflow: add_language pl."

    def add_arguments(self, parser):
        parser.add_argument("language", help=f"one of {', '.join(dict(settings.LANGUAGES))}")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be made")

    def handle(self, language, dry_run, **options):
        self._check(language)
        with transaction.atomic():
            said = self._add(language)
            transaction.set_rollback(dry_run)
        forget_locales()
        last = ["Nothing was written."] if dry_run else []
        for line in [*(said or ["Nothing was missing."]), report(language), *last]:
            if line:
                self.stdout.write(line)

    def _check(self, language: str) -> None:
        if language not in dict(settings.LANGUAGES):
            known = ", ".join(f"{code} ({name})" for code, name in settings.LANGUAGES)
            raise CommandError(
                f"“{language}” is no language that this site can speak. It can speak {known}; "
                "LANGUAGES in cms/settings/base.py lists them."
            )
        home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if home is None or not home.live or not Workflow.objects.exists():
            raise CommandError("There is no site yet: run `manage.py setup_site` first.")

    def _add(self, language: str) -> list[str]:
        """Make what is missing, and repair what belongs to it; a line for each."""
        locale, made = Locale.objects.get_or_create(language_code=language)
        said = [MADE % {"language": language}] if made else prepare(locale)
        return said + roles.setup_roles() + workflows.setup_workflows()
