"""Files on S3: originals private, what visitors see public, and no call that waits for minutes."""

import os
from functools import cached_property
from pathlib import Path

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import Storage
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

TIMEOUTS = Config(
    signature_version="s3v4",
    connect_timeout=3,
    read_timeout=10,
    retries={"total_max_attempts": 2},
)
PROBE = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1})
UNREACHABLE = (OSError, BotoCoreError, ClientError, Boto3Error, RetriesExceededError)
"""What a storage raises when a file cannot be had; a missing file is an OSError too."""


class S3Files(S3Storage):
    """A file that cannot be opened is an OSError here as on a disk: Wagtail knows no other."""

    def _open(self, name, mode="rb"):
        try:
            return super()._open(name, mode)
        except OSError:
            raise
        except UNREACHABLE as error:
            raise OSError(f"{name} cannot be opened: {error}") from error


class PrivateFiles(S3Files):
    """Originals and editions: read by our own views only."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            "default_acl": "private",
            "querystring_auth": True,
            "client_config": TIMEOUTS,
        }

    @cached_property
    def probe(self):
        """A client that gives up after a second."""
        session = boto3.Session(self.access_key, self.secret_key)
        return session.client(
            "s3", region_name=self.region_name, endpoint_url=self.endpoint_url, config=PROBE
        )


class PublicFiles(S3Files):
    """Renditions: addresses without signature that browsers may keep."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            "default_acl": "public-read",
            "querystring_auth": False,
            "client_config": TIMEOUTS,
            "object_parameters": {"CacheControl": "public, max-age=31536000"},
        }


def is_reachable(storage: Storage) -> bool:
    """Whether files can be had from there: one short request to S3, none to a disk."""
    if not isinstance(storage, PrivateFiles):
        return is_writable(Path(str(storage.location))) if hasattr(storage, "location") else True
    try:
        storage.probe.head_bucket(Bucket=storage.bucket_name)
    except UNREACHABLE:
        return False
    return True


def is_writable(folder: Path) -> bool:
    """Whether a folder, or the one in which it is still to be made, can be written to."""
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)
