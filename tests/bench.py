"""How much a page costs: CPU time and queries of answers that no cache holds.

`python -m tests.bench` loads the sample site into a folder of its own, with production settings
and SQLite, and calls the WSGI application in this process. Beside each answer stands a bare WSGI
answer of the same bytes, taken in turns with it; all times are medians of five rounds. The last
line is JSON. What gunicorn itself costs on this machine is measured too, as numbers of different
machines can be compared by it alone. Sending pages to translators is measured on
`python -m tests.bench 100` pages, 100 unless another number is named.
"""

import http.client
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS = 5
CALLS = 10
BARE_BYTES = 30_000
BARE_CALLS = 1000
SENT = 100


def bare(body: bytes) -> Callable:
    """A WSGI application that does nothing but answer."""

    def application(environ, start_response):
        headers = [("Content-Type", "text/html"), ("Content-Length", str(len(body)))]
        start_response("200 OK", headers)
        return [body]

    return application


def reference(environ, start_response):
    """What gunicorn serves to tell its own cost: 30 kB, and at /cpu the seconds used so far."""
    cpu = environ["PATH_INFO"] == "/cpu"
    body = str(time.process_time()).encode() if cpu else b"x" * BARE_BYTES
    return bare(body)(environ, start_response)


def call(application, path: str) -> bytes:
    """The body of an answer; anything but 200 ends the benchmark."""
    path, _, query = path.partition("?")
    told = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    answer = application(environ, lambda status, headers, error=None: told.append(status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if not told[0].startswith("200"):
        sys.exit(f"{path} answers {told[0]}")
    return body


def milliseconds(application, path: str, calls: int) -> float:
    """The CPU time of one call, in this process and all its threads."""
    begin = time.process_time()
    for _ in range(calls):
        call(application, path)
    return (time.process_time() - begin) / calls * 1000


def measure(application, path: str) -> dict:
    """{"path": "/en/", "bytes": 14174, "queries": 12, "ms": 21.5, "bare_ms": 0.004}"""
    body = call(application, path)
    with CaptureQueriesContext(connection) as queries:
        call(application, path)
    count = len(queries)  # the next request forgets them
    rounds = [
        (milliseconds(application, path, CALLS), milliseconds(bare(body), path, CALLS * 100))
        for _ in range(ROUNDS)
    ]
    ours, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    return {
        "path": path,
        "bytes": len(body),
        "queries": count,
        "ms": round(ours, 2),
        "bare_ms": round(theirs, 4),
    }


def gunicorn_milliseconds() -> float:
    """The CPU time that gunicorn takes for a bare answer of 30 kB over one connection."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "tests.bench:reference",
        "--config",
        "python:tests",
    ]
    options = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--log-level", "error"]
    server = subprocess.Popen([*command, *options])
    try:
        with connected(port) as client:
            return statistics.median(_gunicorn_round(client) for _ in range(ROUNDS))
    finally:
        server.terminate()
        server.wait(timeout=30)


def _gunicorn_round(client: http.client.HTTPConnection) -> float:
    def read(path: str) -> bytes:
        client.request("GET", path)
        return client.getresponse().read()

    before = float(read("/cpu"))
    for _ in range(BARE_CALLS):
        read("/")
    return (float(read("/cpu")) - before) / BARE_CALLS * 1000


@contextmanager
def connected(port: int):
    """A connection to a server that may still be starting."""
    for _ in range(100):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            client.connect()
        except OSError:
            time.sleep(0.1)
        else:
            yield client
            client.close()
            return
    sys.exit("gunicorn does not answer.")


def load(folder: str) -> None:
    """The sample site in a folder of its own, whatever the environment says."""
    for name in ("DATABASE_URL", "REDIS_URL", "AWS_STORAGE_BUCKET_NAME", "SITE_URL"):
        os.environ[name] = ""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "DATA_DIR": folder,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_sample", stdout=StringIO())


def paths(application) -> dict[str, str]:
    """What is measured, found through the API."""

    def first(kind: str) -> dict:
        return json.loads(call(application, f"/api/v1/{kind}?locale=en"))["items"][0]

    def local(url: str) -> str:
        return "/" + url.split("/", 3)[3]

    news = first("news")
    return {
        "home": "/en/",
        "news index": "/en/news/",
        "news page": local(news["url"]),
        "publication page": local(first("publications")["url"]),
        "API list": "/api/v1/news?locale=en",
        "API detail": local(news["api_url"]),
    }


def main() -> None:
    print("Loading the sample site ...", file=sys.stderr)  # noqa: T201
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SENT
    with tempfile.TemporaryDirectory(prefix="cms-bench-") as folder:
        load(str(Path(folder)))
        application = get_wsgi_application()
        found = {name: measure(application, path) for name, path in paths(application).items()}
        sending = import_module("tests.bench_sending")  # it needs the models, which are there now
        sent = sending.compare(count)
        matrix = import_module("tests.bench_matrix").measure()
        connection.close()
    show(found, gunicorn_milliseconds(), sent, matrix)


def show(found: dict[str, dict], gunicorn: float, sent: dict, matrix: dict) -> None:
    print(f"{'what':<18}{'bytes':>9}{'queries':>9}{'CPU ms':>9}{'bare ms':>9}")  # noqa: T201
    for name, row in found.items():
        print(  # noqa: T201
            f"{name:<18}{row['bytes']:>9}{row['queries']:>9}{row['ms']:>9.2f}{row['bare_ms']:>9.4f}"
        )
    print(f"gunicorn alone, {BARE_BYTES} bytes: {gunicorn:.3f} ms")  # noqa: T201
    import_module("tests.bench_sending").show(sent)
    import_module("tests.bench_matrix").show(matrix)
    facts = {"gunicorn_ms": round(gunicorn, 4), "answers": found}
    facts |= {"sending": sent, "matrix": matrix}
    print(json.dumps(facts))  # noqa: T201


if __name__ == "__main__":
    main()
