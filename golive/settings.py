"""One module for every place; what differs comes from the environment, read by golive/env.py."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from golive import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("GOLIVE_VAR", str(BASE_DIR / "var")))
VAR.mkdir(parents=True, exist_ok=True)

# --- what kind of place this is --------------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
DEMO = env.flag("GOLIVE_DEMO")  # printed passwords and the switcher between people; never in production
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
LOCAL = urlsplit(SITE_URL).hostname in {"localhost", "127.0.0.1"}
SECRET_KEY = env.secret("SECRET_KEY", "for-local-use-only-" * 4 if LOCAL else "")
SECRET_KEY_FALLBACKS = [key for key in env.secret("SECRET_KEY_FALLBACKS").split() if key]
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY (or SECRET_KEY_FILE): this is not a local place.")
ALLOWED_HOSTS = env.text("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname or "localhost").split(",")
if LOCAL:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
FAILPOINT = env.text("GOLIVE_FAILPOINT")

# --- apps and middleware ---------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "heroicons",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "golive",
    "golive.audit",
    "golive.programme",
    "golive.outbox",
    "golive.letters",
    "golive.accounts",
    "projects",
    "reviews",
]
MIDDLEWARE = [
    "golive.core.marks.RequestMarkMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "golive.core.border.BorderMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "golive.core.zone.ZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "golive.denials.DenialMiddleware",
]
ROOT_URLCONF = "golive.urls"
WSGI_APPLICATION = "golive.wsgi.application"
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
                "golive.pages.context.shell",
            ],
        },
    },
]

# --- database: SQLite with nothing else, PostgreSQL by DATABASE_URL --------------------------------------------------
TEST_TAG = env.text("GOLIVE_TEST_TAG", str(os.getpid()))  # two test runs on one machine never share a database


def database(url: str) -> dict:
    if not url:
        return {
            "ENGINE": "golive.core.sqlite",
            "NAME": VAR / "golive.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            "TEST": {"NAME": VAR / f"test-{TEST_TAG}.sqlite3"},
        }
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return database("") | {"NAME": unquote(parts.path)}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or env.secret("DATABASE_PASSWORD"),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "options": "-c lock_timeout=10s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s",
        },
        "TEST": {"NAME": f"test_golive_{TEST_TAG}"},
    }


DATABASES = {"default": database(env.secret("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: cache and hints; without it the database holds the cache and a thread drains the outbox ------------------
REDIS_URL = env.secret("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
OUTBOX_HANDLERS = "golive.handlers.HANDLERS"
LETTER_CHECKS = "golive.handlers.RECIPIENT_CHECKS"

# --- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["golive.accounts.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "golive.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "golive.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Golive"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are proven by the invitation, not by allauth's own records

# --- language, dates -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- files and letters -----------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.text("STATIC_ROOT", str(VAR / "static"))
MEDIA_ROOT = env.text("MEDIA_ROOT", str(VAR / "files"))
STORAGES = {
    "default": {"BACKEND": "golive.core.whole_files.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
CHECKLIST_CATALOGUE = env.text("CHECKLIST_CATALOGUE")  # the version that checklists begin with; empty: the newest
CLAMD = env.text("CLAMD")  # where ClamAV listens on this machine: /run/clamav/clamd.ctl, or 127.0.0.1:3310
# Dotted name of a function: content to whether something is in it.
EVIDENCE_SCANNER = env.text("EVIDENCE_SCANNER", "projects.evidence.actions.clamd.found_in" if CLAMD else "")
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = env.text("EMAIL_FILE_PATH", str(VAR / "mail"))
# Three identities: guidance, the go-live review, and the product itself (invitations, passwords). None is a vendor's.
GUIDANCE_FROM = env.text("GUIDANCE_FROM", "Golive guidance <guidance@golive.example>")
REVIEW_FROM = env.text("REVIEW_FROM", "Golive review <review@golive.example>")
# Where each submitted checklist is told of: the mailbox of the go-live review, with the name that letters to it show.
GOLIVE_MAILBOX = env.text("GOLIVE_MAILBOX", "Golive go-live desk <go-live@golive.example>")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Golive <no-reply@golive.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- security --------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "golive.pages.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.flag("BEHIND_PROXY")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = [
    "golive.core.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- the API ---------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "golive.accounts.authentication.TokenAuthentication",
        "golive.accounts.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["golive.core.api.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "golive.denials.api_exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Golive",
    "VERSION": "1",
    "SERVE_PUBLIC": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "JobEnum": "projects.portfolio.states.Job",
        "FindingKindEnum": "reviews.assessment.states.FindingKind",
        "OrganisationKindEnum": "golive.accounts.models.OrganisationKind",
    },
}

# --- logs: one JSON object a line, with the request's id, never a secret or a local variable -------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "golive.core.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "WARNING" if LOCAL else "INFO")},
    "loggers": {"django": {"level": "INFO" if not LOCAL else "WARNING"}, "golive.anchor": {"level": "INFO"}},
}
