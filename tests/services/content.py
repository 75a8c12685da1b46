"""A small site for the service tests; it runs inside the site's own process."""

import json

from tests.make import make_image, make_news, make_pdf, make_publication


def make_content() -> None:
    """Publish a publication with an edition and a story with a picture; print where they are."""
    work = make_publication(editions=[("en", "", make_pdf())], slug="handbook", title="Handbook")
    news = make_news(title="A story", image=make_image(), image_decorative=True)
    release = work.releases[0]
    print(  # noqa: T201
        json.dumps(
            {
                "news": news.path_here,
                "publication": work.path_here,
                "download": "/downloads/handbook/en.pdf",
                "sha256": release.file.sha256,
                "edition": release.file.file.name,
                "original": news.image.file.name,
            }
        )
    )
