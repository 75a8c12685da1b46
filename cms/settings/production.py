"""Settings for a public site: what is missing or unsafe stops the start and is named."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings import env
from cms.settings.base import *  # noqa: F403

if not env.SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing. Set it to 50 random characters or more; `make serve` makes one."
    )
if len(env.SECRET_KEY) < 32 or env.PLACEHOLDER in env.SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is unsafe: it needs 32 random characters or more.")
if env.DEBUG:
    raise ImproperlyConfigured("DEBUG must be off here; use cms.settings.dev to work on the code.")
if "*" in env.ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is unsafe: name the hosts instead of *.")
