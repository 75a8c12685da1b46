"""Keeps a secret key in DATA_DIR for a site that was given none: `python -m cms.settings.key`."""

import secrets
import sys

from django.core.exceptions import ImproperlyConfigured

try:
    from cms.settings import env
except ImproperlyConfigured as error:
    sys.exit(f"The settings are not right: {error}")


def keep_key() -> None:
    """Make the key that `env.secret_key` reads, once, for the eyes of its owner only."""
    path = env.DATA_DIR / "secret-key"
    if not env.SECRET_KEY:
        env.DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))


if __name__ == "__main__":
    keep_key()
