"""Ticks: what is due is done in a process of its own, so that no failure stops the clock."""

import logging
import signal
import subprocess
import sys
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from cms.editorial.models import Tick

logger = logging.getLogger(__name__)

SECONDS = 60
WORK = ("publish_due", "purge_bin", "resume_sendings")
"""The commands that every tick runs, one after the other."""


class Command(BaseCommand):
    help = "Do what is due, at once and then every minute, until it is stopped."

    def handle(self, *args, **options):
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *received: stop.set())
        while not stop.is_set():
            tick()
            stop.wait(SECONDS)


def tick() -> bool:
    """One minute's work; whether all of it was done. What fails is told and tried again."""
    done = [run(name) for name in WORK]
    if not all(done):
        return False
    close_old_connections()
    try:
        Tick.objects.write("clock")
    except Error:
        logger.exception("The clock could not leave its mark; it goes on.")
        return False
    return True


def run(name: str) -> bool:
    """Run a command in a process of its own; whether it has succeeded."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), name, "--verbosity", "0"]
    status = subprocess.run(command, check=False).returncode  # noqa: S603
    if status:
        logger.error("What is due could not be done (%s); it is tried again in a minute.", name)
    return status == 0
