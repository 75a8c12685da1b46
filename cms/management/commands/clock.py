"""Ticks: what is due is done in a process of its own, so that no failure stops the clock."""

import logging
import signal
import subprocess
import sys
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand

logger = logging.getLogger(__name__)

SECONDS = 60


class Command(BaseCommand):
    help = "Publish what is due, every minute, until it is stopped."

    def handle(self, *args, **options):
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *received: stop.set())
        while not stop.wait(SECONDS):
            tick()


def tick() -> int:
    """One minute's work; the exit status. What fails is told and tried again."""
    manage = str(settings.BASE_DIR / "manage.py")
    command = [sys.executable, manage, "publish_scheduled", "--verbosity", "0"]
    status = subprocess.run(command, check=False).returncode  # noqa: S603
    if status:
        logger.error("What is due could not be published; it is tried again in a minute.")
    return status
