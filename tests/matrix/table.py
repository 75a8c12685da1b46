"""The one file with every expected answer: read, compared, and written anew."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from tests.matrix.scene import ROLES

FILE = Path(__file__).parent / "expected.toml"
HEAD = """\
# What every address below /admin/ answers to every role.
#
# A table is an address; a line is a request, and of which page or file (see scene.py); the words
# behind it are the answers, in this order of roles:
#   {roles}
#
# ok: answered, nothing changed · done: something changed · refused: no right to it, nothing
# changed · login: asked to sign in · a number: the status of the answer
#
# UPDATE_EXPECTED=1 .venv/bin/python -m pytest -n0 -m deep tests/matrix  writes it anew: read the
# difference, every word of it is a right that somebody was given or lost.
"""

Rows = dict[str, dict[str, list[str]]]
"""{address: {"POST draft of live": ["login", "done", ...]}}, one answer for each role."""


def read() -> Rows:
    """The file, each line spread over the kinds of things it names."""
    found = tomllib.loads(FILE.read_text()) if FILE.exists() else {}
    return {
        address: {key: answers.split() for line, answers in lines.items() for key in spread(line)}
        for address, lines in found.items()
    }


def spread(line: str) -> list[str]:
    """'GET of live, draft' gives 'GET of live' and 'GET of draft'."""
    request, of, kinds = line.partition(" of ")
    return [f"{request} of {kind}" for kind in kinds.split(", ")] if of else [line]


def gathered(lines: dict[str, list[str]]) -> dict[str, list[str]]:
    """The other way round: one line for all kinds of things that get the same answers."""
    found: dict[tuple, list[str]] = {}
    for key, answers in lines.items():
        request, _, kind = key.partition(" of ")
        found.setdefault((request, tuple(answers)), []).append(kind)
    return {
        f"{request} of {', '.join(kinds)}" if kinds != [""] else request: list(answers)
        for (request, answers), kinds in found.items()
    }


def write(rows: Rows, order: Iterable[str]) -> None:
    """Keep what is known of other addresses; sort by the resolver, headed by its parts."""
    known = read() | rows
    widths = [max(len(role), 7) for role in ROLES]
    roles = "  ".join(role.ljust(width) for role, width in zip(ROLES, widths, strict=True))
    parts = [HEAD.format(roles=roles.rstrip())]
    sections: dict[str, list[str]] = {}
    for address in order:
        if address in known:
            sections.setdefault(address.partition("/")[0] or "home", []).append(address)
    for section, inside in sections.items():
        parts.append(f"\n# {section}\n")
        parts += [_table(address, known[address], widths) for address in inside]
    FILE.write_text("\n".join(parts))


def _table(address: str, lines: dict[str, list[str]], widths: list[int]) -> str:
    written = [f"['{address}']"]
    for key, answers in gathered(lines).items():
        padded = "  ".join(a.ljust(width) for a, width in zip(answers, widths, strict=True))
        written.append(f'"{key}" = "{padded.rstrip()}"')
    return "\n".join(written) + "\n"
