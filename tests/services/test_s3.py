"""Files on S3: moto's server over HTTP, a site of its own in front of it."""

import hashlib
import json
import re

import boto3
import pytest
from django.core.files.storage import FileSystemStorage
from moto.server import ThreadedMotoServer

from cms.models.storage import PrivateFiles, PublicFiles, is_reachable
from tests.services.conftest import Answer, Site, fetch, free_port, silent_server

BUCKET = "sempre-test"
KEYS = {"AWS_ACCESS_KEY_ID": "a-key", "AWS_SECRET_ACCESS_KEY": "a-secret"}
CONTENT = "from tests.services.content import make_content; make_content()"


class Bucket:
    """An S3 that can be switched off and on; what it holds stays."""

    def __init__(self):
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.environment = KEYS | {
            "AWS_STORAGE_BUCKET_NAME": BUCKET,
            "AWS_S3_ENDPOINT_URL": self.endpoint,
            "AWS_S3_REGION_NAME": "eu-north-1",
        }
        self.start()

    def start(self) -> None:
        self.server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self.server.start()

    def stop(self) -> None:
        self.server.stop()
        self.server._server.server_close()

    @property
    def client(self):
        session = boto3.Session(*KEYS.values(), region_name="eu-north-1")
        return session.client("s3", endpoint_url=self.endpoint)

    def names(self) -> list[str]:
        found = self.client.list_objects_v2(Bucket=BUCKET)["Contents"]
        return [row["Key"] for row in found]

    def unsigned(self, key: str) -> Answer:
        """What somebody gets who knows the address and has no key."""
        return fetch(f"{self.endpoint}/{BUCKET}/{key}")


@pytest.fixture(scope="module")
def bucket():
    bucket = Bucket()
    place = {"LocationConstraint": "eu-north-1"}
    bucket.client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
    yield bucket
    bucket.stop()


@pytest.fixture(scope="module")
def site(bucket, new_site):
    """A site on S3 with a publication and a story; `site.made` tells where they are."""
    site = new_site(**bucket.environment)
    site.made = json.loads(site.run(CONTENT))
    with site.serving():
        yield site


@pytest.fixture
def gone(bucket):
    """S3 refuses connections while the test runs."""
    bucket.stop()
    yield
    bucket.start()


def test_an_edition_downloads_byte_for_byte(site, bucket):
    answer = site.get(site.made["download"])
    assert answer.status == 200
    assert hashlib.sha256(answer.body).hexdigest() == site.made["sha256"]
    assert site.made["edition"] in bucket.names()
    assert not (site.folder / "media").exists()


def test_an_original_is_refused_to_who_has_no_key(site, bucket):
    for name in ("original", "edition"):
        assert site.made[name] in bucket.names()
        assert bucket.unsigned(site.made[name]).status == 403, name


def test_a_page_shows_renditions_at_their_direct_addresses(site, bucket):
    text = site.get(site.made["news"]).text
    shown = set(re.findall(rf"{bucket.endpoint}/{BUCKET}/[^\s\"']+", text))
    assert shown
    for address in shown:
        assert f"/{BUCKET}/images/" in address
        answer = fetch(address)
        assert answer.status == 200
        assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert site.made["original"] not in text
    assert "Signature" not in text


def test_the_security_policy_lets_the_renditions_through(site, bucket):
    policy = site.get(site.made["news"]).headers["Content-Security-Policy"]
    assert re.search(rf"img-src [^;]*{bucket.endpoint}", policy)


def test_the_policy_names_the_addresses_that_amazon_gives(tmp_path):
    environment = KEYS | {"AWS_STORAGE_BUCKET_NAME": BUCKET, "AWS_S3_REGION_NAME": "eu-north-1"}
    script = (
        "from django.conf import settings; from django.core.files.storage import storages; "
        "print(storages['renditions'].url('images/a.webp')); "
        "print(*settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
    )
    address, policy = Site(tmp_path, **environment).run(script).splitlines()
    assert address.removesuffix("/images/a.webp") in policy.split()


def test_two_files_with_one_name_do_not_overwrite_each_other(site):
    script = (
        "from django.core.files.base import ContentFile as C; "
        "from django.core.files.storage import storages\n"
        "for name in ('default', 'renditions'):\n"
        "    files = storages[name]\n"
        "    names = [files.save('same.txt', C(text)) for text in (b'one', b'two')]\n"
        "    print(*[files.open(name).read().decode() for name in names])"
    )
    assert site.run(script).splitlines() == ["one two", "one two"]


def test_a_page_is_served_while_s3_is_gone(site, gone):
    assert site.get(site.made["news"]).status == 200
    assert site.get(site.made["publication"]).status == 200


def test_a_download_says_when_to_come_back_while_s3_is_gone(site, gone):
    answer = site.get(site.made["download"])
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"


def test_readyz_tells_that_s3_is_gone(site, gone):
    answer = site.get("/readyz")
    assert answer.status == 200
    assert json.loads(answer.text)["checks"] == {"database": "ok", "cache": "ok", "files": "failed"}


def test_the_download_comes_back_with_s3(site, bucket):
    bucket.stop()
    before = site.get(site.made["download"]).status
    bucket.start()
    assert (before, site.get(site.made["download"]).status) == (503, 200)
    assert json.loads(site.get("/readyz").text)["checks"]["files"] == "ok"


def test_a_silent_s3_is_told_within_seconds():
    with silent_server() as port:
        files = _files(PrivateFiles, port)
        assert not is_reachable(files)


def test_a_wrong_key_is_told(bucket, tmp_path):
    assert is_reachable(_files(PrivateFiles, bucket.port))
    missing = PrivateFiles(
        bucket_name="no-such-bucket",
        endpoint_url=bucket.endpoint,
        access_key="a-key",
        secret_key="a-secret",
    )
    assert not is_reachable(missing)
    assert is_reachable(FileSystemStorage(tmp_path / "not" / "made" / "yet"))


def test_a_file_that_cannot_be_opened_is_an_os_error():
    with pytest.raises(OSError, match="cannot be opened"):
        _files(PublicFiles, free_port()).open("images/a.webp")


def _files(kind, port: int):
    return kind(
        bucket_name=BUCKET,
        endpoint_url=f"http://127.0.0.1:{port}",
        access_key="a-key",
        secret_key="a-secret",
    )
