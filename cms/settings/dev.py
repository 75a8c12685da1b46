"""Settings for work on the code: DEBUG on, mail on the console, static files as they are."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import STORAGES

DEBUG = True
SECRET_KEY = "only-for-work-on-this-machine"  # noqa: S105
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
