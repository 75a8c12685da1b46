"""The models of translation, by concept."""

from cms.translation.models.assignment import Assignment
from cms.translation.models.basis import PublicState, StandsApart, TranslationBasis
from cms.translation.models.comments import SegmentComment
from cms.translation.models.glossary import GlossaryTerm
from cms.translation.models.history import SegmentVersion
from cms.translation.models.suggestions import Suggestion
from cms.translation.models.texts import (
    DraftBasis,
    SentAhead,
    SourcePublication,
    SourceText,
)

__all__ = [
    "Assignment",
    "DraftBasis",
    "GlossaryTerm",
    "PublicState",
    "SegmentComment",
    "SegmentVersion",
    "SentAhead",
    "SourcePublication",
    "SourceText",
    "StandsApart",
    "Suggestion",
    "TranslationBasis",
]
