"""All configuration, from the environment, with defaults that work on a laptop.

With DEBUG off an unsafe or missing value stops the start: see checks.py and README.md.
"""

import tomllib
import warnings
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from chatproject import admin_look, logs, security

BASE_DIR = Path(__file__).resolve().parent.parent

VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(exist_ok=True)

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else []
)
REDIS_URL = env.str("REDIS_URL", default="")

INSTALLED_APPS = [
    "daphne",  # first: takes over runserver
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",  # its templates, which ours in templates/django/forms replace
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "django_vite",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "realtime",
    "audit",
    "accounts",
    "chat",
    "documents",
    "spaces",
    "operations",
    "chatproject",
]

MIDDLEWARE = [
    "chatproject.security.SecurityHeadersMiddleware",
    "operations.middleware.RequestNameMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.step_up.StepUpMiddleware",
    "operations.middleware.MaintenanceMiddleware",
]

ROOT_URLCONF = "chatproject.urls"
ASGI_APPLICATION = "chatproject.asgi.application"
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
                "accounts.context.house",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- storage ---------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/maru.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # The defaults lost 107 of 2,000 concurrent writes to "database is locked"; these lost none.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA mmap_size=134217728;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    # A pool instead of a connection per thread: `close_old_connections` then gives back
    # instead of closing, which cost 88 commits/s against 494.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # `reconnect_timeout`: the pool would wait longer and longer before it tries a server that was
    # away; retry.py asks it again anyway.
    pool = {"min_size": 1, "max_size": 16, "timeout": 1, "reconnect_timeout": 0.5}
    DATABASES["default"]["OPTIONS"] = {"pool": pool, "connect_timeout": 3}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What limits page floods and remembers used one-time codes: every worker must see it, and it
# must be there when Redis is not.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Past this, entries are thrown out: with Django's 300 a few hundred addresses would have
        # made the limits forget.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "realtime.layer.BoundedChannelLayer",
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_connect_timeout": 1}]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
}

REALTIME_SOURCE = "chat.source.ChatSource"
DATABASE_THREADS = env.int("DATABASE_THREADS", default=6)

# --- people ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.EvenBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SIGNUP = env.str("SIGNUP", default="open")
if SIGNUP not in {"open", "invitation", "closed"}:
    raise ImproperlyConfigured("SIGNUP must be open, invitation or closed.")

# Without a mail server nothing that needs mail is offered; in development mail is printed.
EMAIL_URL = env.str("EMAIL_URL", default="consolemail://" if DEBUG else "")
vars().update(env.email_url("EMAIL_URL", default=EMAIL_URL or "dummymail://"))
# Who has not seen an announcement after this gets it by mail.
ANNOUNCEMENT_MAIL_MINUTES = env.int("ANNOUNCEMENT_MAIL_MINUTES", default=15)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Maru <maru@localhost>")

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupFields"
ACCOUNT_FORMS = {
    "login": "accounts.entrance_forms.LoginForm",
    "signup": "accounts.entrance_forms.SignupForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "display_name", "email*", "password1*"]
ACCOUNT_USERNAME_BLACKLIST = [
    "all", "channel", "everyone", "here", "maru", "system", "모두", "지금",
]  # fmt: skip
ACCOUNT_EMAIL_VERIFICATION = env.str(
    "EMAIL_VERIFICATION", default="optional" if EMAIL_URL else "none"
)
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = bool(EMAIL_URL)
ACCOUNT_CHANGE_EMAIL = True
# Who signs up with an address that is known here sees what everybody sees.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Wrong passwords are limited by accounts/actions/log_in.py. These hold back floods of pages,
# high enough for a class or an office that comes in through one address.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "signup": "100/m/ip"}

MFA_ADAPTER = "accounts.sealing.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Maru"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": []}}
if OIDC_CLIENT_ID := env.str("OIDC_CLIENT_ID", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "oidc",
            "name": env.str("OIDC_NAME", default="OpenID Connect"),
            "client_id": OIDC_CLIENT_ID,
            "secret": env.str("OIDC_SECRET"),
            "settings": {"server_url": env.str("OIDC_SERVER_URL"), "oauth_pkce_enabled": True},
        }
    )

UNFOLD = admin_look.OPTIONS

# --- language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- static and uploaded files -----------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATIC_ROOT.mkdir(exist_ok=True)
# Not the manifest storage: it renames what Vite has already named by its content, and a module
# then loads twice. Vite's files never change under their names and may be kept for ever.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
WHITENOISE_ALLOW_ALL_ORIGINS = False
# whitenoise reads a file from a thread, piece by piece, and Django warns that it is no coroutine.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")
STATICFILES_DIRS = [BASE_DIR / "frontend" / "dist"]
DJANGO_VITE = {"default": {"manifest_path": BASE_DIR / "frontend" / "dist" / "manifest.json"}}
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

# --- security ------------------------------------------------------------------------------------

# TLS ends at a proxy in front of us, which says so in X-Forwarded-Proto; `serve` believes it only
# from the addresses in FORWARDED_ALLOW_IPS (127.0.0.1). HTTPS=false is for a trial without TLS.
HTTPS = env.bool("HTTPS", default=not DEBUG)
FORWARDED_ALLOW_IPS = env.str("FORWARDED_ALLOW_IPS", default="127.0.0.1")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SESSION_COOKIE_SECURE = HTTPS
if HTTPS:  # the prefix: only this host can have set it, not a neighbour under the same domain
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": security.POLICY}
if OIDC_CLIENT_ID:  # the log-in form is answered with a redirect there
    security.POLICY["form-action"].append(env.str("OIDC_SERVER_URL"))
# Whether its subdomains and the preload list follow is for the owner of the domain to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# Prometheus shows it at /metrics; without one only programs on this machine may look.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# The request's name in every query, for the log of the database.
SQL_COMMENTS = env.bool("SQL_COMMENTS", default=False)
LOGGING = logs.logging_config(level=env.str("LOG_LEVEL", default="INFO"), readable=DEBUG)

# --- limits, told to every client in `hello` -----------------------------------------------------

MESSAGES_PER_SECOND = env.float("MESSAGES_PER_SECOND", default=10)
# Who raises the rate alone means a program's bursts too.
MESSAGES_BURST = env.int("MESSAGES_BURST", default=max(30, int(3 * MESSAGES_PER_SECOND)))
TYPING_PER_SECOND = env.float("TYPING_PER_SECOND", default=1)
# Of one socket, for the requests that have no limit of their own.
REQUESTS_PER_SECOND = env.float("REQUESTS_PER_SECOND", default=50)
REQUESTS_BURST = env.int("REQUESTS_BURST", default=max(200, int(4 * REQUESTS_PER_SECOND)))
# Sockets at the same time, on each worker: a whole office may come in through one address.
CONNECTIONS_PER_ADDRESS = env.int("CONNECTIONS_PER_ADDRESS", default=10_000)
CONNECTIONS_PER_USER = env.int("CONNECTIONS_PER_USER", default=5_000)
LOGIN_TRIES_PER_NAME_AND_MINUTE = env.int("LOGIN_TRIES_PER_NAME_AND_MINUTE", default=5)
LOGIN_TRIES_PER_ADDRESS_AND_MINUTE = env.int("LOGIN_TRIES_PER_ADDRESS_AND_MINUTE", default=20)
