"""The sample site served as in production, and Debian's Chromium to look at it."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PREPARE = [sys.executable, "manage.py", "prepare"]
SERVE = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--access-logfile", "-"]
PREPARE_SECONDS, START_SECONDS = 240, 60
FAULT = re.compile(r'Traceback|Internal Server Error|" 5\d\d ')


@dataclass(frozen=True)
class Served:
    """A running site: its address without a slash at its end, its folder, what it logs."""

    url: str
    folder: Path
    log: Path

    def password(self, account: str) -> str:
        lines = (self.folder / "sample-accounts.txt").read_text().splitlines()
        return dict(line.split("\t") for line in lines)[account]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def environment(folder: Path, port: int) -> dict[str, str]:
    """What the shell has, but the settings, files and services of production's defaults."""
    embedded = dict.fromkeys(
        ["DATABASE_URL", "REDIS_URL", "AWS_STORAGE_BUCKET_NAME", "EMAIL_URL", "ALLOWED_HOSTS"], ""
    )
    return (
        os.environ
        | embedded
        | {
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "DATA_DIR": str(folder),
            "STATIC_ROOT": "",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "DEBUG": "false",
        }
    )


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def wait_until_ready(site: Served, process: subprocess.Popen) -> None:
    """Return when the site answers; raises AssertionError with the log when it does not."""
    until, port = time.monotonic() + START_SECONDS, int(site.url.rpartition(":")[2])
    while not answers(port):
        stopped = process.poll() is not None or time.monotonic() > until
        assert not stopped, f"The site does not start:\n{site.log.read_text()[-4000:]}"
        time.sleep(0.2)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The whole sample site behind gunicorn; at the end its log must tell of no fault."""
    folder, port = tmp_path_factory.mktemp("data"), free_port()
    site = Served(f"http://127.0.0.1:{port}", folder, folder / "server.log")
    with site.log.open("w") as log:
        told = {"env": environment(folder, port), "stdout": log, "stderr": subprocess.STDOUT}
        told["cwd"] = settings.BASE_DIR
        done = subprocess.run(PREPARE, timeout=PREPARE_SECONDS, **told)
        assert done.returncode == 0, f"No sample site:\n{site.log.read_text()[-4000:]}"
        server = subprocess.Popen(SERVE, **told)
        try:
            wait_until_ready(site, server)
            yield site
        finally:
            server.terminate()
            server.wait(timeout=30)
    faults = [line for line in site.log.read_text().splitlines() if FAULT.search(line)]
    assert not faults, f"The log tells of faults: {faults[:10]}"


@pytest.fixture(scope="session")
def chromium() -> Browser:
    """A Chromium that is installed here; none is fetched, and without one the tests fail."""
    wanted = os.environ.get("CHROMIUM")
    path = shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.fail(
            f"There is no Chromium ({wanted or ', '.join(CHROMIUM)}): install it "
            "(Debian: apt-get install chromium) or name it with CHROMIUM=/path/to/it.",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def new_tab(chromium, served):
    """new_tab(width, height, color_scheme="dark", ...): a tab of a browser nobody has used yet."""

    def open_tab(width: int = 1280, height: int = 860, **options) -> Page:
        viewport = {"width": width, "height": height}
        context = chromium.new_context(base_url=served.url, viewport=viewport, **options)
        return context.new_page()

    return open_tab


@pytest.fixture
def tab(new_tab):
    """As new_tab, closed with the test."""
    opened: list[Page] = []

    def open_tab(*arguments, **options) -> Page:
        opened.append(new_tab(*arguments, **options))
        return opened[-1]

    yield open_tab
    for page in opened:
        page.context.close()


@pytest.fixture(scope="session")
def phone(new_tab):
    """A small phone in the light, one for all tests that only look."""
    page = new_tab(320, 568, color_scheme="light")
    yield page
    page.context.close()


@pytest.fixture(scope="session")
def desk(new_tab):
    """A desk in the dark, one for all tests that only look."""
    page = new_tab(1280, 860, color_scheme="dark")
    yield page
    page.context.close()
