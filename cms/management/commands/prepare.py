"""What `make serve` does before it serves: all of it the first time, next to nothing later."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.sample.accounts import read_accounts
from cms.sample.load import is_empty
from cms.translation.drift import fill_missing


class Command(BaseCommand):
    help = "Prepare database, static files and, in an empty database, the sample site."

    def handle(self, *args, **options):
        call_command("setup_site", stdout=self.stdout)
        self._collect_static()
        if is_empty():
            self.stdout.write("Loading the sample site ...")
            call_command("load_sample", stdout=self.stdout)
            call_command("update_index", verbosity=0)
        self._fill_missing()
        self._greet()

    def _collect_static(self) -> None:
        stamp = Path(settings.STATIC_ROOT) / ".stamp"
        now = static_fingerprint()
        if not stamp.is_file() or stamp.read_text() != now:
            self.stdout.write("Collecting static files ...")
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(now)

    def _fill_missing(self) -> None:
        """What an older version did not keep of translations."""
        for name, count in fill_missing().items():
            if count:
                self.stdout.write(f"{count} {name} made.")

    def _greet(self) -> None:
        self.stdout.write(
            f"\nThe site:   {settings.SITE_URL}/\nThe editor: {settings.SITE_URL}/admin/"
        )
        accounts = read_accounts()
        if accounts:
            self.stdout.write("\nSample accounts (name, password):")
            for name, password in accounts.items():
                self.stdout.write(f"  {name:<18} {password}")
        self.stdout.write("")


def static_fingerprint() -> str:
    """Changes when a static file of ours changes, or a version of an app that brings some."""
    digest = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                digest.update(f"{path}{path.stat().st_mtime_ns}{path.stat().st_size}".encode())
    lock = settings.BASE_DIR / "requirements.txt"
    digest.update(lock.read_bytes() if lock.is_file() else b"")
    digest.update(" ".join(config.name for config in apps.get_app_configs()).encode())
    return digest.hexdigest()
