"""The models of the editorial workflow, by concept."""

from cms.editorial.models.bin import Bin, BinEntry, BinnedTree
from cms.editorial.models.clearance import Clearance
from cms.editorial.models.due import ScheduleFailure, Tick
from cms.editorial.models.tasks import (
    ContentCheckTask,
    FourEyesTask,
    LanguageReviewTask,
    PartnerApprovalTask,
    ReviewState,
)

__all__ = [
    "Bin",
    "BinEntry",
    "BinnedTree",
    "Clearance",
    "ContentCheckTask",
    "FourEyesTask",
    "LanguageReviewTask",
    "PartnerApprovalTask",
    "ReviewState",
    "ScheduleFailure",
    "Tick",
]
