"""A public site does not start with a value that is missing or unsafe, and names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GOOD = {"SECRET_KEY": "k7" * 30, "SITE_URL": "https://sempre.example"}


def run(folder: Path, *command: str, **values: str) -> subprocess.CompletedProcess:
    """A command in an environment of nothing but these values, and a DATA_DIR of its own."""
    system = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    made = system | {"DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)} | values
    words = [sys.executable, *command]
    return subprocess.run(words, cwd=ROOT, env=made, capture_output=True, text=True, timeout=120)


def start(folder: Path, **values: str) -> subprocess.CompletedProcess:
    """Reads the settings as every command of the site does."""
    code = "from django.conf import settings; print(settings.SITE_URL, settings.HTTPS)"
    return run(folder, "-c", code, DJANGO_SETTINGS_MODULE="cms.settings.production", **values)


BAD = [
    ("SECRET_KEY", "", "SECRET_KEY is missing"),
    ("SECRET_KEY", "short", "SECRET_KEY is unsafe"),
    ("SECRET_KEY", "change-me" * 10, "SECRET_KEY is unsafe"),
    ("DEBUG", "1", "DEBUG must be off"),
    ("DEBUG", "True", "DEBUG must be off"),
    ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS is unsafe"),
    ("ALLOWED_HOSTS", "a.example,*", "ALLOWED_HOSTS is unsafe"),
    ("PORT", "eighty", "PORT must be a whole number"),
    ("PORT", "-1", "PORT must be a whole number"),
    ("PORT", "70000", "PORT must lie between 1 and 65535"),
    ("PORT", "0", "PORT must lie between 1 and 65535"),
    ("WEB_CONCURRENCY", "many", "WEB_CONCURRENCY must be a whole number"),
    ("API_RATE", "fast", "API_RATE must be a whole number"),
    ("SITE_URL", "sempre.example", "SITE_URL must begin with http:// or https://"),
    ("SITE_URL", "ftp://sempre.example", "SITE_URL must begin with http:// or https://"),
    ("SITE_URL", "https://", "SITE_URL names no host"),
    ("SITE_URL", "https://[", "SITE_URL"),
    ("SITE_URL", "https://sempre.example:eighty", "SITE_URL"),
    ("DATABASE_URL", "mysql://a:b@localhost/c", "DATABASE_URL must begin with"),
    ("DATABASE_URL", "nonsense", "DATABASE_URL"),
    ("DATABASE_URL", "postgres://a:b@localhost:port/c", "DATABASE_URL"),
    ("EMAIL_URL", "nonsense://x", "EMAIL_URL"),
]


@pytest.mark.parametrize(("name", "value", "message"), BAD, ids=lambda value: str(value)[:30])
def test_a_bad_value_stops_the_start_and_is_named(tmp_path, name, value, message):
    done = run(tmp_path, "manage.py", "migrate", **GOOD | {name: value})
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["check", "prepare", "setup_site", "nonsense"])
def test_every_command_stops_alike(tmp_path, command):
    done = run(tmp_path, "manage.py", command, **GOOD | {"SECRET_KEY": ""})
    assert done.returncode != 0
    assert "SECRET_KEY is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_good_values_start(tmp_path):
    done = start(tmp_path, **GOOD)
    assert (done.returncode, done.stdout) == (0, "https://sempre.example True\n"), done.stderr


def test_the_address_follows_from_host_and_port(tmp_path):
    done = start(tmp_path, SECRET_KEY=GOOD["SECRET_KEY"], HOST="0.0.0.0", PORT="8123")  # noqa: S104
    assert done.stdout == "http://127.0.0.1:8123 False\n", done.stderr


def test_the_key_that_is_kept_in_the_data_folder_serves(tmp_path):
    (tmp_path / "secret-key").write_text("q9" * 30 + "\n")
    done = start(tmp_path, SITE_URL=GOOD["SITE_URL"])
    assert done.returncode == 0, done.stderr


def test_cookies_and_redirects_are_safe_exactly_with_https(tmp_path):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    code = f"from django.conf import settings as s; print([getattr(s, n) for n in {names}])"
    code += "; print(bool(s.SECURE_HSTS_SECONDS), s.CSRF_USE_SESSIONS, s.DEBUG)"
    told = {}
    for scheme in ("http", "https"):
        values = GOOD | {"SITE_URL": f"{scheme}://sempre.example"}
        settings = {"DJANGO_SETTINGS_MODULE": "cms.settings.production"}
        told[scheme] = run(tmp_path, "-c", code, **values, **settings).stdout.splitlines()
    assert told["http"] == ["[False, False, False]", "False False False"]
    assert told["https"] == ["[True, True, True]", "True False False"]
