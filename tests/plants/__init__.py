"""One of each thing that must not be: how it is planted, and what it is called then."""

from tests.plants import pages, work  # noqa: F401
from tests.plants.site import PLANTS

__all__ = ["PLANTS"]
