"""Loads SEMPRE's sample site; a second run writes nothing."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.sample.load import load_sample
from cms.sample.texts import SampleError


class Command(BaseCommand):
    help = "Load the sample site: pages, translations, files, accounts."

    def handle(self, *args, **options):
        call_command("setup_site", verbosity=0, stdout=self.stdout)
        try:
            made = load_sample(lambda words: self.stdout.write(f"  {words} ..."))
        except SampleError as error:
            raise CommandError(f"The sample site was not loaded. {error}") from error
        self.stdout.write(f"{made} pages made.")
