"""Uploading an image: what is damaged is refused with a message, at every door."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage

from cms.blocks import BodyBlock
from cms.models import Image
from tests.make import make_news, make_png


def jpeg() -> bytes:
    out = BytesIO()
    PillowImage.effect_noise((400, 300), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


DAMAGED = {
    "truncated.jpg": jpeg()[:5000],
    "half.png": make_png()[:60],
    "rubbish.png": b"\x89PNG\r\n\x1a\n" + b"rubbish" * 50,
    "text.jpg": b"This is no image.",
    "empty.png": b"",
}


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("door", ["/admin/images/add/", "/admin/images/chooser/create/"])
def test_a_damaged_image_is_refused_and_nothing_is_stored(admin_client, door, name):
    prefix = "image-chooser-upload-" if "chooser" in door else ""
    upload = SimpleUploadedFile(name, DAMAGED[name])
    answer = admin_client.post(door, {f"{prefix}title": "A harbour", f"{prefix}file": upload})
    assert answer.status_code == 200
    assert not Image.objects.exists()
    assert "error" in answer.content.decode()


def test_a_whole_image_is_stored(admin_client):
    upload = SimpleUploadedFile("whole.jpg", jpeg())
    admin_client.post("/admin/images/add/", {"title": "A harbour", "file": upload, "collection": 1})
    assert Image.objects.get().title == "A harbour"


def test_a_draft_may_wait_for_the_alt_text_of_its_image(site):
    image = Image.objects.create(title="x", file=SimpleUploadedFile("x.jpg", jpeg()))
    draft = make_news(live=False)
    draft.image = image
    draft.save_revision()
    assert any("alt text" in str(problem) for problem in draft.problems())


def test_the_description_of_an_image_is_offered_as_its_alt_text(site, admin):
    image = Image.objects.create(
        title="x", file=SimpleUploadedFile("x.jpg", jpeg()), description="A ferry at a pier"
    )
    block = BodyBlock().child_blocks["image"]
    value = block.to_python({"image": image.pk, "alt": "", "decorative": False, "caption": ""})
    assert block.clean(value)["alt"] == "A ferry at a pier"
