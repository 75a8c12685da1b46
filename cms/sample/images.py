"""The sample site's drawings and covers, stored as images once."""

from io import BytesIO
from pathlib import Path

from django.core.files.images import ImageFile
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

from cms.models import Image
from cms.renditions import made
from cms.sample.editions.make import known_editions, make_cover
from cms.sample.texts import SampleError

FOLDER = Path(__file__).parent / "images"
CREDIT = "SEMPRE"


def load_images(folder: Path = FOLDER) -> dict[str, Image]:
    """{"ferry": Image, ...}; raises SampleError naming a file that is no image."""
    return {
        path.stem: _image(path.stem, path.read_bytes(), path.name)
        for path in sorted(folder.glob("*.png"))
    }


def load_cover(publication: str) -> Image:
    """The first page of a publication's English edition as an image."""
    name = f"cover-{publication}"
    known = Image.objects.filter(title=name).first()
    variant = next(v for p, language, v in known_editions() if (p, language) == (publication, "en"))
    return known or _image(name, make_cover(publication, "en", variant), f"{name}.png")


def _image(name: str, data: bytes, file_name: str) -> Image:
    try:
        with PillowImage.open(BytesIO(data)) as opened:
            opened.verify()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise SampleError(f"images/{file_name} is no image that can be read.") from error
    known = Image.objects.filter(title=name).first()
    if known:
        return known
    file = ImageFile(BytesIO(data), name=file_name)
    image = Image.objects.create(title=name, file=file, credit=CREDIT)
    made(image)
    return image
