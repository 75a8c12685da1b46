"""The people of the sample site, with passwords made anew and told once."""

import secrets
import string

from django.conf import settings
from django.contrib.auth import get_user_model

from cms.editorial import roles

ACCOUNTS = {
    "admin": None,
    "publisher": roles.PUBLISHERS,
    "publisher-2": roles.PUBLISHERS,
    "editor": roles.EDITORS,
    "translator-de": roles.translators("de"),
    "reviewer-de": roles.language_reviewers("de"),
    "partner-nordregio": roles.partner_editors("nordregio"),
}
LETTERS = string.ascii_letters + string.digits


def accounts_file():
    """DATA_DIR/sample-accounts.txt: an account a line, name, tab, password."""
    return settings.DATA_DIR / "sample-accounts.txt"


def make_accounts() -> dict[str, str]:
    """{"admin": "aB3...", ...} of the accounts that were missing; tell them to keep_accounts."""
    return {name: _make(name, group) for name, group in ACCOUNTS.items() if not _exists(name)}


def keep_accounts(made: dict[str, str]) -> None:
    """Write new accounts to the file, which their owner alone may read."""
    if made:
        path = accounts_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        lines = [f"{name}\t{password}\n" for name, password in (read_accounts() | made).items()]
        path.write_text("".join(lines))


def read_accounts() -> dict[str, str]:
    """{"admin": "aB3...", ...} as kept in the file; empty where there is none."""
    if not accounts_file().is_file():
        return {}
    lines = accounts_file().read_text().splitlines()
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def _exists(name: str) -> bool:
    return get_user_model().objects.filter(username=name).exists()


def _make(name: str, group: str | None) -> str:
    password = "".join(secrets.choice(LETTERS) for _ in range(20))
    user = get_user_model().objects.create_user(
        name, f"{name}@example.org", password, is_superuser=group is None, is_staff=group is None
    )
    if group:
        user.groups.add(roles.group(group))
    return password
