"""Publishes what is due and takes down what has expired."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.editorial.due import publish_due, to_be_tried


class Command(BaseCommand):
    help = "Publish what is due and take down what has expired; any number may run at once."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run",
            "--dryrun",
            action="store_true",
            help="only tell what would be done",
        )

    def handle(self, *args, **options):
        if options["dry_run"]:
            for due in to_be_tried(timezone.now()):
                self.stdout.write(str(due))
            return
        done, failed = publish_due()
        if options["verbosity"]:
            self.stdout.write(f"{done} done, {failed} failed.")
