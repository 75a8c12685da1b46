"""Empties the bin of what has waited long enough."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import ProtectedError

from cms.editorial.bin.purging import purge
from cms.editorial.models import BinEntry
from cms.editorial.models.bin import DAYS


class Command(BaseCommand):
    help = "Delete for good what has been in the bin for longer than some days."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=DAYS, help="30 unless told otherwise")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would go")

    def handle(self, *args, days: int, dry_run: bool, **options):
        if days < 0:
            raise CommandError("--days must be 0 or more.")
        failed = []
        for entry in BinEntry.objects.older_than(days).order_by("deleted_at"):
            told = f"{entry.title} ({entry.pages} pages, deleted {entry.deleted_at:%Y-%m-%d})"
            if dry_run:
                self.stdout.write(f"would be deleted: {told}")
                continue
            try:
                purge(entry)
            except ProtectedError as error:
                failed.append(f"{told}: {error.args[0]}")
            else:
                self.stdout.write(f"deleted: {told}")
        if failed:
            raise CommandError("Still needed, and not deleted:\n" + "\n".join(failed))
