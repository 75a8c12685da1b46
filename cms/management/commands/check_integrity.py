"""Looks for what must not be, names it, and repairs what can be repaired without loss."""

import json
import sys
from time import monotonic

from django.core.management.base import BaseCommand

from cms.editorial.integrity.registry import NotMended, Violation, checks, mend

PATIENCE = 1.0
"""The seconds after which somebody wants to know what takes so long."""


class Command(BaseCommand):
    help = "Name what is wrong with pages, texts, log, schedules, reviews, translations and files."

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="Repair what loses nothing.")
        parser.add_argument("--json", action="store_true", help="Answer for machines.")

    def handle(self, *args, **options):
        self.json = options["json"]
        self.begun = monotonic()
        found = self._look(self._mend if options["fix"] else self._name)
        left = self._look(lambda violation: None) if options["fix"] and found else found
        if self.json:
            self.stdout.write(json.dumps({"found": found, "left": left}, indent=2))
        else:
            self._sum_up(found, left, options["fix"])
        if left:
            sys.exit(1)

    def _look(self, deal) -> list[dict]:
        """Every violation as it is told; each is dealt with before the next check runs."""
        told = []
        for check in checks():
            self._progress(check.name)
            for violation in list(check.find()):
                row = {name: getattr(violation, name) for name in ("kind", "subject", "message")}
                told.append(row | {"fixable": violation.fixable} | (deal(violation) or {}))
        return told

    def _progress(self, name: str) -> None:
        if not self.json and monotonic() - self.begun > PATIENCE:
            self.stderr.write(f"  {name} ...")

    def _name(self, violation: Violation) -> None:
        self._say(str(violation) + ("  [--fix repairs it]" if violation.fixable else ""))

    def _mend(self, violation: Violation) -> dict:
        try:
            done = {"repaired": mend(violation)}
            self._say(f"{violation}  [repaired: {done['repaired']}]")
        except NotMended as reason:
            done = {"not_repaired": str(reason)}
            self._say(f"{violation}  [not repaired: {reason}]")
        return done

    def _say(self, line: str) -> None:
        if not self.json:
            self.stdout.write(line)

    def _sum_up(self, found: list[dict], left: list[dict], fixed: bool) -> None:
        if not found:
            self.stdout.write("Everything is as it must be.")
        elif fixed:
            self.stdout.write(f"{len(found)} found, {len(left)} left.")
        else:
            self.stdout.write(f"{len(found)} found.")
