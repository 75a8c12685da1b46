"""What the environment decides, and that it does not decide how the tests run."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages

from tests.services.conftest import ROOT, Site

AWS = {"AWS_STORAGE_BUCKET_NAME": "real", "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}


def settings_of(folder, module: str, dotenv: str, show: str, **environment: str) -> str:
    """What an expression gives in a copy of our settings that has a .env file beside it."""
    shutil.copytree(ROOT / "cms", folder / "cms", ignore=shutil.ignore_patterns("sample"))
    (folder / ".env").write_text(dotenv)
    done = subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; print({show})"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": module} | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def dotenv(values: dict) -> str:
    return "".join(f"{name}={value}\n" for name, value in values.items())


def test_a_site_reads_its_env_file(tmp_path):
    text = dotenv(AWS | {"SECRET_KEY": "k" * 50, "SITE_URL": "https://example.org"})
    shown = settings_of(
        tmp_path,
        "cms.settings.production",
        text,
        "settings.SITE_URL, settings.STORAGES['default']['BACKEND']",
    )
    assert "https://example.org" in shown
    assert "PrivateFiles" in shown


def test_the_tests_know_nothing_of_an_env_file(tmp_path):
    text = dotenv(AWS | {"SITE_URL": "https://example.org", "DATABASE_URL": "postgres://a@b/c"})
    shown = settings_of(
        tmp_path, "cms.settings.test", text, "settings.STORAGES, settings.DATABASES"
    )
    assert "PrivateFiles" not in shown
    assert ":memory:" in shown


def test_the_tests_write_to_no_bucket_that_the_shell_names(tmp_path):
    shown = settings_of(tmp_path, "cms.settings.test", "", "settings.STORAGES", **AWS)
    assert "PrivateFiles" not in shown


def test_these_tests_keep_their_files_in_a_folder_of_their_own():
    for name in ("default", "renditions"):
        assert isinstance(storages[name], FileSystemStorage)
        assert ROOT not in settings.MEDIA_ROOT.parents


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"PORT": "²"}, "PORT"),
        ({"API_RATE": "-1"}, "API_RATE"),
        ({"EMAIL_URL": "smtp://user@host:port"}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtp://"}, "EMAIL_URL"),
        (AWS | {"AWS_SECRET_ACCESS_KEY": ""}, "AWS_SECRET_ACCESS_KEY"),
    ],
)
def test_an_unsafe_value_stops_the_start_and_is_named(tmp_path, environment, named):
    site = Site(tmp_path, **environment)
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_every_variable_that_is_read_is_explained():
    source = (ROOT / "cms/settings/env.py").read_text()
    read = set(re.findall(r'"([A-Z][A-Z0-9_]{3,})",', source))
    told = (ROOT / "docs/operations.md").read_text()
    assert {"SECRET_KEY", "AWS_S3_REGION_NAME", "WEB_CONCURRENCY"} <= read
    assert [name for name in sorted(read) if f"`{name}`" not in told] == []
