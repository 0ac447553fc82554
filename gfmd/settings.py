"""Settings: one file, every choice from the environment (``.env.example`` lists them all).

With an empty environment this is the embedded installation: SQLite under ``var/``, plain HTTP on this machine only.
Anything else (another database, another host name) is production, where what protects it is demanded, not guessed.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")


def _setting(read: Any, name: str, default: Any) -> Any:
    """Read one variable; a value that cannot be used stops the start and names the variable."""
    try:
        return read(name, default=default)
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} cannot be used: {error}. See .env.example.") from error


def _count(name: str, default: int) -> int:
    number = int(os.environ.get(name) or default)
    if number < 0:
        raise ValueError(f"{number} is less than none")
    return number


def _flag(name: str, default: bool) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    text = os.environ.get(name, "").strip().lower()
    if text and text not in words:
        raise ImproperlyConfigured(f"{name} must be true or false, not {text!r}. See .env.example.")
    return words.get(text, default)


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}"
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with sqlite:/// or postgres://, as in postgres://user:password@host:5432/gfmd."
        )
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if config["ENGINE"].endswith("sqlite3"):
        # Measured in the design: IMMEDIATE and a patient timeout lose no write of twenty writers at once; FULL keeps
        # every acknowledged write; recursive triggers keep INSERT OR REPLACE from slipping past the guards.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON"
            ),
        }
        # SQLite reads the schema, with its thousand triggers, at each connection: 6 ms. A kept one takes 4 MB, and ends
        # with its thread, which the server ends after thirty idle seconds.
        config["CONN_MAX_AGE"] = 60
    else:
        # Compiling a query (jit) took 200 ms of a list whose query runs for 10.
        pooled = {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}, "options": "-c jit=off"}
        config["OPTIONS"] = pooled | config.get("OPTIONS", {})
    return config


def _secret_key(*, embedded: bool) -> str:
    """The key of the environment; in the embedded default one made at the first start and kept in ``var/``."""
    key = os.environ.get("SECRET_KEY", "")
    if key:
        return key
    if not embedded:
        raise ImproperlyConfigured("SECRET_KEY must be set in production: 50 random characters. See .env.example.")
    path = VAR_DIR / "secret_key"
    VAR_DIR.mkdir(mode=0o750, exist_ok=True)  # it holds password hashes
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(key := secrets.token_urlsafe(64))
    return key


DEBUG = _flag("DEBUG", False)
ALLOWED_HOSTS: list[str] = [host.strip() for host in _setting(env.list, "ALLOWED_HOSTS", [])] or LOOPBACK
DATABASES = {"default": _database()}
EMBEDDED = DATABASES["default"]["ENGINE"].endswith("sqlite3") and set(ALLOWED_HOSTS) <= set(LOOPBACK)
SECRET_KEY = _secret_key(embedded=EMBEDDED)
# Under any name but this machine's own, browsers reach the site by HTTPS unless the environment says otherwise.
HTTPS = _flag("HTTPS", not set(ALLOWED_HOSTS) <= set(LOOPBACK))
SITE_URL: str = _setting(env.str, "SITE_URL", "").rstrip("/")
CONTACT_EMAIL: str = _setting(env.str, "CONTACT_EMAIL", "")

INSTALLED_APPS = [
    "tracker",
    "gfmd.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "simple_history",
    "translated_fields",
    "csp",
]

MIDDLEWARE = [
    "tracker.middleware.page_language",  # first, so that whatever is refused is refused in the page's language
    "tracker.api.around.open_to_machines",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracker.middleware.refuse_malformed",
    "tracker.middleware.answer_unavailable",
    "django.middleware.common.CommonMiddleware",
    "tracker.middleware.public_cache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.middleware.desk_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "gfmd.urls"
WSGI_APPLICATION = "gfmd.wsgi.application"
ASGI_APPLICATION = "gfmd.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tracker.User"
LOGIN_URL = "admin:login"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

FORM_RENDERER = "tracker.forms.written.Renderer"

# Pages that were made are kept in each process until the record changes (tracker/views/kept.py).
PAGES_KEPT: int = _setting(_count, "PAGES_KEPT", 256)
_IN_PROCESS = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _IN_PROCESS},
    "pages": {
        "BACKEND": _IN_PROCESS if PAGES_KEPT else "django.core.cache.backends.dummy.DummyCache",
        "LOCATION": "pages",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": PAGES_KEPT},
    },
}

# The API: public, read-only, in JSON alone; it knows neither users nor cookies.
API_REQUESTS_PER_MINUTE: int = _setting(_count, "API_REQUESTS_PER_MINUTE", 600)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_THROTTLE_CLASSES": ["tracker.api.throttle.PerAddress"],
    "NUM_PROXIES": 1 if _flag("TRUST_PROXY", False) else 0,
    "EXCEPTION_HANDLER": "tracker.api.problems.answered",
    "DEFAULT_SCHEMA_CLASS": "tracker.api.schema.Description",
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "TITLE": "GFMD recommendation tracker",
    "VERSION": "1",
    "DESCRIPTION": "The public record of what became of the recommendations of the Global Forum on Migration and "
    "Development. Read-only; see /api/v1/docs/ and docs/api.md.",
    "LICENSE": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SERVERS": [{"url": "/"}],
    "POSTPROCESSING_HOOKS": ["tracker.api.schema.with_components"],
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "tracker" / "locale"]  # templates stand outside of the application
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR_DIR / "media")
MEDIA_URL = "files/"
DATA_DIR = Path(os.environ.get("DATA_DIR") or VAR_DIR / "data")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a Forum with all its conclusions is one form: 728 fields for 2010
FILE_UPLOAD_PERMISSIONS = 0o640
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024

# Safety: 5-qualities. Cookies are Secure, and HTTPS is demanded and remembered, wherever HTTPS is.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
if _flag("TRUST_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "accelerometer", "gyroscope")
}

SIMPLE_HISTORY_REVERT_DISABLED = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
