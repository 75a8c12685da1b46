"""The container's recipe names only what exists; no container engine is needed to know that."""

import re
import shlex

import pytest
import yaml

from tests.services.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()


def sources() -> list[str]:
    """What the Dockerfile copies from the project."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return [source for line in lines for source in shlex.split(line)[:-1]]


def final_stage() -> str:
    return DOCKERFILE.rpartition("\nFROM ")[2]


@pytest.mark.parametrize("source", sources())
def test_what_is_copied_exists_and_reaches_the_builder(source):
    assert (ROOT / source).exists()
    assert f"!{source}" in IGNORED


def test_every_room_is_copied():
    rooms = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert rooms <= set(sources())


def test_the_final_stage_runs_as_nobody_in_particular_and_builds_nothing():
    user = re.search(r"^USER (\S+)$", final_stage(), re.MULTILINE)
    assert user
    assert user[1] != "root"
    assert not re.search(r"apt-get|build-essential|pip install|gcc", final_stage())


def test_only_the_hashed_lock_is_installed():
    installs = re.findall(r"pip install .*", DOCKERFILE)
    assert len(installs) == 1
    assert "--require-hashes -r requirements.txt" in installs[0]


def test_compose_runs_what_the_procfile_runs():
    procfile = dict(
        line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines() if line
    )
    assert set(procfile) <= set(COMPOSE["services"])
    for name in ("worker", "clock"):
        command = procfile[name].removeprefix(".venv/bin/")
        assert COMPOSE["services"][name]["command"] == command


def test_compose_waits_only_for_services_that_it_has():
    for service in COMPOSE["services"].values():
        assert set(service.get("depends_on", {})) <= set(COMPOSE["services"])


def test_every_named_volume_is_declared():
    mounts = [mount for row in COMPOSE["services"].values() for mount in row.get("volumes", [])]
    assert {mount.split(":")[0] for mount in mounts} == set(COMPOSE["volumes"])
