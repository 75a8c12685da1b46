"""The models of translation, by concept."""

from cms.translation.models.assignment import Assignment
from cms.translation.models.basis import PublicState, StandsApart, TranslationBasis
from cms.translation.models.comments import SegmentComment
from cms.translation.models.glossary import GlossaryTerm
from cms.translation.models.history import SegmentVersion
from cms.translation.models.machine import MachineRun
from cms.translation.models.memory import ImportedText
from cms.translation.models.sending import Sending, SendingItem
from cms.translation.models.suggestions import Suggestion
from cms.translation.models.texts import (
    DraftBasis,
    SentAhead,
    SourcePublication,
    SourceText,
)
from cms.translation.models.upload import Upload

__all__ = [
    "Assignment",
    "DraftBasis",
    "GlossaryTerm",
    "ImportedText",
    "MachineRun",
    "PublicState",
    "SegmentComment",
    "SegmentVersion",
    "Sending",
    "SendingItem",
    "SentAhead",
    "SourcePublication",
    "SourceText",
    "StandsApart",
    "Suggestion",
    "TranslationBasis",
    "Upload",
]
