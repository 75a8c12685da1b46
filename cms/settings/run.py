"""Runs a command with the site's address settled: `python -m cms.settings.run honcho start`.

honcho gives each process a PORT of its own; the address of the site must not follow it.
"""

import os
import sys

from cms.settings import env


def main() -> None:
    """Replace this process by the command; PORT and SITE_URL stand in its environment."""
    settled = {"SITE_URL": env.SITE_URL, "PORT": str(env.PORT), "HOST": env.HOST}
    command = sys.argv[1:]
    os.execvpe(command[0], command, dict(env.env.ENVIRON) | settled)  # noqa: S606


if __name__ == "__main__":
    main()
