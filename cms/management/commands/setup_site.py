"""Makes a usable empty site in an empty database; may be run again at any time."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Locale, Page, Site

from cms.delivery.messages import compile_messages, report
from cms.editorial import roles, workflows
from cms.editorial.models import Clearance
from cms.models.locales import active_languages
from home.models import HomePage

SITE_LANGUAGES = ["en", "de", "et", "lv", "lt"]


class Command(BaseCommand):
    help = "Make locales, home page, groups and the site's address where they are missing."

    def handle(self, *args, **options):
        compile_messages()
        if migrate_if_needed():
            self.stdout.write("The database is made.")
        with transaction.atomic():
            changed = self._set_up()
        if options["verbosity"] > 1 or (options["verbosity"] and not self.is_new):
            self._tell(changed)
        if options["verbosity"]:
            self.stdout.write("The site is set up.")
            self._tell(filter(None, map(report, active_languages())))

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def _set_up(self) -> list[str]:
        """What was changed of roles and workflows, a line each."""
        self.is_new = not HomePage.objects.exists()
        if self.is_new:
            for language in SITE_LANGUAGES:
                Locale.objects.get_or_create(language_code=language)
        removed = workflows.remove_wagtails_own()
        set_address(home_page())
        return removed + roles.setup_roles() + workflows.setup_workflows()


def migrate_if_needed() -> bool:
    """Apply what migrations are missing; whether there were any. Names a database out of reach."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        name = connection.settings_dict["NAME"]
        raise CommandError(f"The database {name} cannot be reached: {error}") from error
    missing = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        call_command("migrate", verbosity=0)
    return missing


def home_page() -> HomePage:
    """The home page of the default locale; made in the place of Wagtail's own first page."""
    home = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is None:
        root = Page.get_first_root_node()
        home = HomePage(title=settings.WAGTAIL_SITE_NAME, slug="home", locale=Locale.get_default())
        _remove_welcome_page(root)
        root.refresh_from_db()
        root.add_child(instance=home)
        revision = home.save_revision()
        Clearance.objects.reviewed(None, revision, None)  # nobody has written in it yet
        revision.publish()
    return home


def _remove_welcome_page(root: Page) -> None:
    """Wagtail's migrations leave a page of welcome; nobody has written in it."""
    for page in root.get_children().filter(content_type__model="page"):
        if not page.get_children().exists():
            page.delete()


def set_address(home: Page) -> None:
    """Give Wagtail's default site the address of SITE_URL."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    made = {"root_page": home, "site_name": settings.WAGTAIL_SITE_NAME}
    place = {"hostname": address.hostname, "port": port}
    Site.objects.update_or_create(
        is_default_site=True, defaults=place, create_defaults=place | made
    )
