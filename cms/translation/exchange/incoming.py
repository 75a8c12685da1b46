"""What a file says that came back, before it is compared with anything."""

from dataclasses import dataclass, field
from datetime import datetime

MOST_UNITS = 20_000
"""Texts of one file."""


@dataclass(frozen=True)
class Text:
    """A text of a file. `problem` says why it cannot be read; `unfinished` what the file says."""

    key: str
    path: str
    source: str
    text: str
    unfinished: str = ""
    problem: str = ""


@dataclass
class Incoming:
    """One translation as a file tells it; `fingerprint` is "" where the file has none."""

    tool: str
    translation: str
    language: str
    fingerprint: str = ""
    made_at: datetime | None = None
    note: str = ""
    """What is to be known of the file, though it can be read."""
    texts: list[Text] = field(default_factory=list)
