"""Publications: works with editions, and the ledger of what was released."""

from publications.models.editions import Edition, EditionFile, EditionRelease, PublicationAddress
from publications.models.pages import (
    PublicationAuthor,
    PublicationIndexPage,
    PublicationPage,
    current_releases,
    public_sources,
)
from publications.models.recommendations import Recommendation, RecommendationsPage

__all__ = [
    "Edition",
    "EditionFile",
    "EditionRelease",
    "PublicationAddress",
    "PublicationAuthor",
    "PublicationIndexPage",
    "PublicationPage",
    "Recommendation",
    "RecommendationsPage",
    "current_releases",
    "public_sources",
]
