"""Makes anew what is kept of translations, from the published pages and the segments."""

import sys

from django.core.management.base import BaseCommand
from django.db import transaction

from cms.editorial.integrity.registry import NotMended, Violation, mend
from cms.translation.counting import settled
from cms.translation.drift import checks_of_what_is_kept
from cms.translation.models import Assignment


class Command(BaseCommand):
    help = "Compute source texts, states of translations and their numbers anew; says what changed."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only say what would change.")

    def handle(self, *args, **options):
        self.told, self.left = 0, 0
        with transaction.atomic():
            settled(Assignment.objects.all())
            for check in checks_of_what_is_kept():
                for violation in list(check.find()):
                    self._renew(violation)
            if options["dry_run"]:
                transaction.set_rollback(True)
        self._sum_up(options["dry_run"])
        if self.left:
            sys.exit(1)

    def _renew(self, violation: Violation) -> None:
        try:
            self.stdout.write(f"{violation}  [{mend(violation)}]")
            self.told += 1
        except NotMended as reason:
            self.stdout.write(f"{violation}  [left as it is: {reason}]")
            self.left += 1

    def _sum_up(self, dry_run: bool) -> None:
        if not self.told + self.left:
            self.stdout.write("Nothing to change.")
        elif dry_run:
            self.stdout.write(f"{self.told} would change, {self.left} would be left.")
        else:
            self.stdout.write(f"{self.told} changed, {self.left} left.")
