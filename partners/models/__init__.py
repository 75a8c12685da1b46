"""Partners, their local networks and the micro projects of these."""

from partners.models.networks import (
    LocalNetworkPage,
    MicroProjectIndexPage,
    MicroProjectPage,
    NetworkIndexPage,
)
from partners.models.places import Placed
from partners.models.profiles import PartnerIndexPage, PartnerPage

__all__ = [
    "LocalNetworkPage",
    "MicroProjectIndexPage",
    "MicroProjectPage",
    "NetworkIndexPage",
    "PartnerIndexPage",
    "PartnerPage",
    "Placed",
]
