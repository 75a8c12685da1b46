"""A small server that answers as DeepL and LibreTranslate do, and fails as they do."""

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

DEEPL = "cms.translation.machine.services.DeepL"
LIBRE = "wagtail_localize.machine_translators.libretranslate.LibreTranslator"
HANGS = "hangs"
LATE = 3


class Machine:
    """`plan` holds what comes before the good answers: a status, or the bytes of an answer."""

    def __init__(self):
        self.plan: list = []
        self.asked: list[list[str]] = []
        self.url = ""

    def options(self, name: str) -> dict:
        """The settings of wagtail-localize for one of the services, at this address."""
        if name == "DeepL":
            facts = {"AUTH_KEY": "a-key", "URL": f"{self.url}/v2/translate", "TIMEOUT": 1}
            return {"CLASS": DEEPL, "OPTIONS": facts}
        facts = {"LIBRETRANSLATE_URL": self.url, "API_KEY": "", "TIMEOUT": 1}
        return {"CLASS": LIBRE, "OPTIONS": facts}

    def answer(self, path: str, body: str) -> tuple[int, bytes]:
        deepl = path.startswith("/v2/")
        texts = parse_qs(body)["text"] if deepl else json.loads(body)["q"]
        self.asked.append(texts)
        special = self.plan.pop(0) if self.plan else None
        if special == HANGS:
            time.sleep(LATE)
        elif isinstance(special, int):
            return special, b'{"message": "no"}'
        elif isinstance(special, bytes):
            return 200, special
        made = [f"M {text}" for text in texts]
        answer = {"translations": [{"text": text} for text in made]}
        return 200, json.dumps(answer if deepl else {"translatedText": made}).encode()


@contextmanager
def machine():
    """The server, at `url`, until the end of the block."""
    made = Machine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, data = made.answer(self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            pass

        def handle(self):
            with suppress(OSError):  # whoever has asked does not wait any more
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
