"""Sites that run as their own processes, with an environment that the test alone decides."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    *("DEBUG", "SITE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "STATIC_ROOT"),
    *("DATABASE_URL", "REDIS_URL", "AWS_STORAGE_BUCKET_NAME", "AWS_S3_ENDPOINT_URL"),
    *("AWS_S3_REGION_NAME", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
    *("EMAIL_URL", "DEFAULT_FROM_EMAIL", "DEEPL_API_KEY", "LIBRETRANSLATE_URL"),
]
"""Set, if only to nothing, so that neither the shell nor a .env file decides them."""


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.services)


@dataclass
class Answer:
    """An answer over HTTP, whatever its status."""

    status: int
    headers: Message
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def fetch(url: str, **headers) -> Answer:
    """GET without following redirects; connection errors are raised."""
    opener = urllib.request.build_opener(NoRedirect, urllib.request.ProxyHandler({}))
    begin = time.monotonic()
    try:
        answer = opener.open(urllib.request.Request(url, headers=headers), timeout=60)  # noqa: S310
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        body = answer.read()
    return Answer(answer.status, answer.headers, body, time.monotonic() - begin)


class Site:
    """A site in a folder of its own, with production settings."""

    def __init__(self, folder: Path, **environment: str):
        self.folder, self.log = folder, folder / "log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = (
            {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
            | dict.fromkeys(NAMES, "")
            | {
                "DJANGO_SETTINGS_MODULE": "cms.settings.production",
                "SECRET_KEY": "a-key-for-this-run-of-the-tests-and-no-other-one",
                "DATA_DIR": str(folder),
                "PORT": str(self.port),
                "WEB_CONCURRENCY": "1",
            }
            | environment
        )

    def manage(self, *arguments: str) -> str:
        """What a command of manage.py prints; it has to succeed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def run(self, script: str) -> str:
        """What a piece of Python prints that runs inside the site."""
        return self.manage("shell", "--verbosity", "0", "--command", script)

    @contextmanager
    def serving(self) -> Iterator["Site"]:
        """The site as gunicorn serves it, until the block ends."""
        command = [sys.executable, "-m", "gunicorn", "cms.wsgi"]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        try:
            self._wait(process)
            yield self
        finally:
            process.terminate()
            process.wait(timeout=30)

    def _wait(self, process: subprocess.Popen) -> None:
        for _ in range(300):
            assert process.poll() is None, self.log.read_text()[-3000:]
            try:
                fetch(f"{self.url}/livez")
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise AssertionError(f"The site does not answer: {self.log.read_text()[-3000:]}")

    def get(self, path: str, **headers) -> Answer:
        return fetch(path if path.startswith("http") else self.url + path, **headers)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """A folder with the database of an empty site, and with its collected static files."""
    site = Site(tmp_path_factory.mktemp("prepared"))
    site.manage("migrate", "--verbosity", "0")
    site.manage("setup_site")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    return site.folder


@pytest.fixture(scope="session")
def new_site(prepared, tmp_path_factory):
    """Makes an empty site in a folder of its own, with the variables that are named."""

    def make(**environment: str) -> Site:
        folder = tmp_path_factory.mktemp("site")
        shutil.copy(prepared / "db.sqlite3", folder)
        return Site(folder, STATIC_ROOT=str(prepared / "static"), **environment)

    return make


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of a server that takes every connection and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(64)
        yield server.getsockname()[1]
