"""Everything that the environment decides, read once and nowhere else."""

import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()
TESTING = os.environ.get("DJANGO_SETTINGS_MODULE") == "cms.settings.test"
"""The tests write to no bucket, whatever a site in the same folder or shell is told."""
if not TESTING:
    env.read_env(BASE_DIR / ".env")

PLACEHOLDER = "change-me"


def positive(name: str, default: int) -> int:
    """The whole number of a variable, zero included; a bad one stops the start and is named."""
    text = env.str(name, default=str(default))
    if not (text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def database(default: Path) -> dict:
    """Django's dictionary for DATABASE_URL: sqlite:///path or postgres://user:password@host/name."""
    url = env.str("DATABASE_URL", default="")
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
    try:
        return env.db_url_config(url)
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error


def email(default: str) -> dict:
    """Django's e-mail settings for EMAIL_URL, such as smtp+tls://user:password@host:587."""
    url = env.str("EMAIL_URL", default="") or default
    try:
        config = env.email_url_config(url)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read: {error}") from error
    if "smtp" in config["EMAIL_BACKEND"] and not config["EMAIL_HOST"]:
        raise ImproperlyConfigured("EMAIL_URL names no host.")
    return config


def site_url() -> str:
    """The public address without a slash at its end, from SITE_URL or from HOST and PORT."""
    shown = "127.0.0.1" if HOST in {"0.0.0.0", "::"} else HOST  # noqa: S104
    url = env.str("SITE_URL", default="") or f"http://{shown}:{PORT}"
    if not url.startswith(("http://", "https://")):
        raise ImproperlyConfigured("SITE_URL must begin with http:// or https://.")
    try:
        host, _port = urlsplit(url).hostname, urlsplit(url).port
    except ValueError as error:
        raise ImproperlyConfigured(f"SITE_URL cannot be read: {error}.") from error
    if not host:
        raise ImproperlyConfigured(f"SITE_URL names no host: {url!r}.")
    return url.rstrip("/")


def networks(name: str) -> list[str]:
    """Addresses and networks with commas between them; a bad one stops the start and is named."""
    given = env.list(name, default=[])
    for text in given:
        try:
            ip_network(text, strict=False)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} cannot be read: {error}.") from error
    return given


def s3_origins() -> list[str]:
    """Where browsers fetch renditions: the endpoint, or the two ways in which AWS writes it."""
    if not BUCKET:
        return []
    if S3_ENDPOINT:
        address = urlsplit(S3_ENDPOINT)
        return [f"{address.scheme}://{address.netloc}"]
    regional = [f"https://{BUCKET}.s3.{S3_REGION}.amazonaws.com"] if S3_REGION else []
    return [f"https://{BUCKET}.s3.amazonaws.com", *regional]


def machine_translator() -> dict | None:
    """What wagtail-localize calls a machine translator; DeepL where both are named."""
    services = "cms.translation.machine.services"
    if DEEPL_API_KEY:
        return {"CLASS": f"{services}.DeepL", "OPTIONS": {"AUTH_KEY": DEEPL_API_KEY}}
    if not LIBRETRANSLATE_URL:
        return None
    if not LIBRETRANSLATE_URL.startswith(("http://", "https://")):
        raise ImproperlyConfigured("LIBRETRANSLATE_URL must begin with http:// or https://.")
    options = {"LIBRETRANSLATE_URL": LIBRETRANSLATE_URL.rstrip("/"), "API_KEY": "", "TIMEOUT": 30}
    return {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": options,
    }


def secret_key() -> str:
    """SECRET_KEY, or the key that `make serve` keeps in DATA_DIR; empty when there is neither."""
    key = env.str("SECRET_KEY", default="")
    kept = DATA_DIR / "secret-key"
    if not key and kept.is_file():
        key = kept.read_text().strip()
    return key


HOST = env.str("HOST", default="") or "127.0.0.1"
PORT = positive("PORT", 8000)
WEB_CONCURRENCY = positive("WEB_CONCURRENCY", 2) or 1
if not 1 <= PORT <= 65535:
    raise ImproperlyConfigured(f"PORT must lie between 1 and 65535, not {PORT}.")
DATA_DIR = Path(env.str("DATA_DIR", default="") or "var")
if not DATA_DIR.is_absolute():
    DATA_DIR = BASE_DIR / DATA_DIR
STATIC_ROOT = Path(env.str("STATIC_ROOT", default="") or DATA_DIR / "static")
SECRET_KEY = secret_key()
DEBUG = env.bool("DEBUG", default=False)
SITE_URL = site_url()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
DATABASE = database(DATA_DIR / "db.sqlite3")
REDIS_URL = env.str("REDIS_URL", default="")
EMAIL = email("consolemail://")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="")
BUCKET = "" if TESTING else env.str("AWS_STORAGE_BUCKET_NAME", default="")
S3_ENDPOINT = env.str("AWS_S3_ENDPOINT_URL", default="") or None
S3_REGION = env.str("AWS_S3_REGION_NAME", default="") or None
S3_KEY = env.str("AWS_ACCESS_KEY_ID", default="") or None
S3_SECRET = env.str("AWS_SECRET_ACCESS_KEY", default="") or None
S3_ORIGINS = s3_origins()
if BUCKET and bool(S3_KEY) != bool(S3_SECRET):
    raise ImproperlyConfigured("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go together.")
TRUSTED_PROXIES = networks("TRUSTED_PROXIES")
API_RATE = positive("API_RATE", 1000)
DEEPL_API_KEY = env.str("DEEPL_API_KEY", default="")
LIBRETRANSLATE_URL = env.str("LIBRETRANSLATE_URL", default="")
MACHINE_TRANSLATOR = None if TESTING else machine_translator()
