"""Has what was sent to translators go on where a worker has left it half done."""

from django.core.management.base import BaseCommand

from cms.translation.sending.work import resume_forsaken


class Command(BaseCommand):
    help = "Hand over again to the worker what it has left half done of what was sent."

    def handle(self, *args, **options):
        count = resume_forsaken()
        if options["verbosity"]:
            self.stdout.write(f"{count} sendings are handed over again.")
